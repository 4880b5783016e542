//! `cargo run --release -p bangla-ner-service -- --address 127.0.0.1:8080`

use std::io;
use std::net::SocketAddr;

use bangla_ner::{Extractor, Gazetteer};
use bangla_ner_service::{LIMIT, Service};
use clap::Parser;
use tokio::net::TcpListener;

/// Finds the people, places and organisations in Bengali text, over HTTP
#[derive(Parser)]
struct Arguments {
    /// Where to listen
    #[arg(long, env = "BANGLA_NER_ADDRESS", default_value = "127.0.0.1:8080")]
    address: SocketAddr,
    /// Longest request body, in bytes
    #[arg(long, env = "BANGLA_NER_LIMIT", default_value_t = LIMIT)]
    limit: usize,
    /// Lists of names of your own (tables with the columns name and class) over the bundled ones
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<std::path::PathBuf>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let mut builder = Extractor::builder();
    for file in &arguments.gazetteer {
        let mut list = Gazetteer::builder();
        list.tsv_file(file)?;
        builder = builder.gazetteer(list.build()?);
    }
    let service = Service::new(builder.build()?, arguments.limit);
    let listener = TcpListener::bind(arguments.address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let stop = stop()?;
    service.run(listener, stop).await?;
    println!("stopped");
    Ok(())
}

/// Ready on Ctrl-C, and where there are signals, when told to terminate.
fn stop() -> io::Result<impl Future<Output = ()> + Send> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}
