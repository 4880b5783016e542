//! The service over a real socket.

use std::net::SocketAddr;
use std::time::Duration;

use bangla_ner::Extractor;
use bangla_ner_service::{Answer, Service};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const TEXT: &str = "গতকাল ঢাকায় মন্ত্রী ঝুমরিকান্ত হালদার বলেন, বৃষ্টি হবে।";
const LIMIT: usize = 20_000;

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

async fn start() -> Running {
    let service = Service::new(Extractor::builder().build().unwrap(), LIMIT);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let ended = tokio::spawn(service.run(listener, async {
        let _ = stopped.await;
    }));
    Running { address, stop, ended }
}

/// Sends a request and reads the whole response: status and body.
async fn ask(address: SocketAddr, head: &str, body: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length =
        if head.starts_with("POST") { format!("Content-Length: {}\r\n", body.len()) } else { String::new() };
    stream
        .write_all(format!("{head}\r\nHost: test\r\nConnection: close\r\n{length}\r\n").as_bytes())
        .await
        .unwrap();
    // A service that refuses by the length alone need not read on.
    let _ = stream.write_all(body).await;
    read(&mut stream).await
}

async fn read(stream: &mut TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    let response = String::from_utf8(bytes).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").expect("a response");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, body.to_owned())
}

fn question(text: &str) -> Vec<u8> {
    serde_json::to_vec(&serde_json::json!({ "text": text })).unwrap()
}

const POST: &str = "POST /extract HTTP/1.1\r\nContent-Type: application/json; charset=utf-8";

#[tokio::test]
async fn names_come_with_their_endings_and_offsets_in_bytes_and_characters() {
    let service = start().await;
    let (status, body) = ask(service.address, POST, &question(TEXT)).await;
    assert_eq!(status, 200, "{body}");
    let answer: Answer = serde_json::from_str(&body).unwrap();
    let [dhaka, person] = &answer.entities[..] else { panic!("{answer:?}") };
    assert_eq!((&*dhaka.kind, &*dhaka.name, &*dhaka.ending), ("place", "ঢাকা", "য়"));
    assert_eq!((&*person.kind, &*person.name, &*person.ending), ("person", "ঝুমরিকান্ত হালদার", ""));
    let chars: Vec<char> = TEXT.chars().collect();
    for found in &answer.entities {
        assert_eq!(TEXT[found.bytes.start..found.bytes.end], found.name);
        assert_eq!(chars[found.chars.start..found.chars.end].iter().collect::<String>(), found.name);
        assert_eq!(chars[found.chars.end..found.chars.surface_end].iter().collect::<String>(), found.ending);
    }
    let (status, body) = ask(service.address, POST, &question("")).await;
    assert_eq!((status, body.as_str()), (200, r#"{"entities":[]}"#));
}

#[tokio::test]
async fn every_error_says_what_to_do() {
    let service = start().await;
    let long = question(&"ঢাকা ".repeat(LIMIT));
    let table: &[(&str, &[u8], u16, &str)] = &[
        (
            POST,
            b"{\"text\": ",
            400,
            "the body is not of the form {\"text\": \"…\"}: EOF while parsing a value at line 1 column 9",
        ),
        (
            POST,
            b"{}",
            400,
            "the body is not of the form {\"text\": \"…\"}: missing field `text` at line 1 column 2",
        ),
        (
            POST,
            b"{\"text\": \"\xFF\"}",
            400,
            "the body is not of the form {\"text\": \"…\"}: invalid unicode code point at line 1 column 11",
        ),
        (
            POST,
            "{\"text\": \"ক\", \"mode\": 1}".as_bytes(),
            400,
            "the body is not of the form {\"text\": \"…\"}: unknown field `mode`, expected `text` at line 1 column 22",
        ),
        (
            POST,
            &long,
            413,
            "the body is longer than 20000 bytes; send the text in parts, cut between paragraphs",
        ),
        (
            "POST /extract HTTP/1.1\r\nContent-Type: text/plain",
            b"x",
            415,
            "the content type is `text/plain`; send `application/json`",
        ),
        ("POST /extract HTTP/1.1", b"{}", 415, "the content type is missing; send `application/json`"),
        ("GET /extract HTTP/1.1", b"", 405, "/extract does not answer GET; use POST"),
        ("DELETE /health HTTP/1.1", b"", 405, "/health does not answer DELETE; use GET"),
        (
            "GET /names HTTP/1.1",
            b"",
            404,
            "there is nothing at /names; try POST /extract, GET / or GET /health",
        ),
    ];
    for &(head, body, status, message) in table {
        let answer = ask(service.address, head, body).await;
        let expected = serde_json::json!({ "error": { "status": status, "message": message } });
        assert_eq!(answer.0, status, "{head}: {}", answer.1);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&answer.1).unwrap(), expected, "{head}");
    }
}

#[tokio::test]
async fn a_body_without_a_length_is_limited_too() {
    let service = start().await;
    let mut stream = TcpStream::connect(service.address).await.unwrap();
    let head = format!("{POST}\r\nHost: test\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
    for _ in 0..=LIMIT / 0x1000 {
        let _ = stream.write_all(chunk.as_bytes()).await;
    }
    let (status, _) = read(&mut stream).await;
    assert_eq!(status, 413);
}

#[tokio::test]
async fn the_page_and_the_health_are_there() {
    let service = start().await;
    let (status, page) = ask(service.address, "GET / HTTP/1.1", b"").await;
    assert!(status == 200 && page.contains("<textarea") && page.contains("/extract"));
    let (status, health) = ask(service.address, "GET /health HTTP/1.1", b"").await;
    assert_eq!((status, health.as_str()), (200, r#"{"status":"ok"}"#));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_get_the_answers_of_one() {
    let service = start().await;
    let address = service.address;
    let texts = [TEXT, "রংপুরের মেয়র করিম চৌধুরী", "কেসিএনএ জানায়, কিম জং-উন যাবেন।", ""];
    let asked =
        (0..60).map(|i| tokio::spawn(async move { (i, ask(address, POST, &question(texts[i % 4])).await) }));
    for answer in asked.collect::<Vec<_>>() {
        let (i, (status, body)) = answer.await.unwrap();
        let expected = Answer::new(Extractor::bundled(), texts[i % 4]);
        assert_eq!((status, serde_json::from_str::<Answer>(&body).unwrap()), (200, expected));
    }
}

#[tokio::test]
async fn a_request_in_flight_is_answered_before_the_service_stops() {
    let Running { address, stop, ended } = start().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let body = question(TEXT);
    let head = format!("{POST}\r\nHost: test\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body[..10]).await.unwrap();
    stream.flush().await.unwrap();
    // Until the service has taken the connection.
    tokio::time::sleep(Duration::from_millis(200)).await;
    stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!ended.is_finished());
    stream.write_all(&body[10..]).await.unwrap();
    let (status, body) = read(&mut stream).await;
    assert_eq!(status, 200, "{body}");
    ended.await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "the service has stopped");
}
