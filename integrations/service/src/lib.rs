//! Names in Bengali text over HTTP.
//!
//! - `POST /extract` with `{"text": "…"}`: the names, with offsets in bytes and in characters.
//! - `GET /`: a page to try it on.
//! - `GET /health`: `{"status": "ok"}`.
//!
//! Every error is JSON that says what to do: `{"error": {"status": 413, "message": "…"}}`.

mod answer;
mod failure;

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{Html, Json};
use axum::routing::{get, post};
use bangla_ner::Extractor;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

pub use answer::{Answer, Found, Offsets};
pub use failure::Failure;

/// Bytes of a request body that are read unless told otherwise.
pub const LIMIT: usize = 1 << 20;

/// What the service answers with.
#[derive(Clone)]
pub struct Service {
    extractor: Arc<Extractor>,
    limit: usize,
    /// One for each core: extraction does nothing but compute.
    cores: Arc<Semaphore>,
}

/// What is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    text: String,
}

impl Service {
    /// A service that reads request bodies of at most `limit` bytes.
    pub fn new(extractor: Extractor, limit: usize) -> Service {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Service { extractor: Arc::new(extractor), limit, cores: Arc::new(Semaphore::new(cores)) }
    }

    /// Its routes.
    pub fn router(self) -> Router {
        Router::new()
            .route("/", get(async || Html(include_str!("page.html"))))
            .route("/health", get(async || Json(serde_json::json!({ "status": "ok" }))))
            .route("/extract", post(extract))
            .fallback(no_route)
            .method_not_allowed_fallback(no_method)
            .with_state(self)
    }

    /// Answers requests until `stop` is ready; those in flight are still answered.
    ///
    /// # Errors
    /// What the listener reports.
    pub async fn run(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        axum::serve(listener, self.router()).with_graceful_shutdown(stop).await
    }
}

async fn extract(State(service): State<Service>, request: Request) -> Result<Json<Answer>, Failure> {
    let (parts, body) = request.into_parts();
    is_json(&parts.headers)?;
    let Question { text } = read(&parts.headers, body, service.limit).await?;
    // Waits for a core; nobody closes the semaphore.
    let core = service.cores.clone().acquire_owned().await.map_err(|_| Failure::stopped())?;
    let found = tokio::task::spawn_blocking(move || {
        let answer = Answer::new(&service.extractor, &text);
        drop(core);
        answer
    });
    found.await.map(Json).map_err(|_| Failure::stopped())
}

/// Whether the body says that it is JSON.
fn is_json(headers: &HeaderMap) -> Result<(), Failure> {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = given.split(';').next().unwrap_or_default().trim();
    if media.eq_ignore_ascii_case("application/json") { Ok(()) } else { Err(Failure::not_json(given)) }
}

/// Reads the body, but no more than `limit` bytes of it.
async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Question, Failure> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > limit as u64) {
        return Err(Failure::too_long(limit));
    }
    let bytes = to_bytes(body, limit).await.map_err(|_| Failure::too_long(limit))?;
    serde_json::from_slice(&bytes).map_err(|error| Failure::no_question(&error))
}

async fn no_route(uri: Uri) -> Failure {
    Failure::no_route(uri.path())
}

async fn no_method(method: Method, uri: Uri) -> Failure {
    Failure::no_method(&method, uri.path())
}
