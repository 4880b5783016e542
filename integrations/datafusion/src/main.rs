//! Counts the names in Parquet files by SQL: in this process or on a cluster.

use std::path::PathBuf;
use std::time::Instant;

use bangla_ner_datafusion::{cluster, queries};
use clap::{Parser, Subcommand};
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::common::{DataFusionError, Result};

/// Names in Bengali text by SQL
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Counts the names in the column `text` of Parquet files
    Counts {
        #[arg(required = true)]
        files: Vec<String>,
        /// Rows to show
        #[arg(long, default_value_t = 20)]
        limit: usize,
        /// Scheduler of a cluster that is to do it (default: this process)
        #[arg(long, value_name = "URL")]
        cluster: Option<String>,
    },
    /// Counts on a cluster and in this process, compares all rows, and says how fast both are
    Compare {
        #[arg(required = true)]
        files: Vec<String>,
        #[arg(long, value_name = "URL")]
        cluster: String,
    },
    /// Writes a Parquet file of paragraphs from labelled texts
    Generate {
        file: PathBuf,
        #[arg(required = true)]
        sources: Vec<String>,
        #[arg(long, default_value_t = 100_000)]
        rows: usize,
    },
    /// Runs the scheduler of a cluster
    Scheduler {
        #[arg(long, default_value_t = 50050)]
        port: u16,
    },
    /// Runs an executor of a cluster
    Executor {
        #[arg(long, default_value_t = 50060)]
        port: u16,
        #[arg(long, default_value_t = 50050)]
        scheduler_port: u16,
    },
}

#[tokio::main]
async fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Counts { files, limit, cluster: url } => {
            let ctx = match url {
                Some(url) => cluster::client(&url).await?,
                None => cluster::local()?,
            };
            let counts = queries::counts(&ctx, &files).await?.limit(0, Some(limit))?;
            println!("{}", pretty_format_batches(&counts.collect().await?)?);
            Ok(())
        }
        Command::Compare { files, cluster: url } => compare(&files, &url).await,
        Command::Generate { file, sources, rows } => queries::write_articles(&file, &sources, rows),
        Command::Scheduler { port } => cluster::scheduler(port).await,
        Command::Executor { port, scheduler_port } => cluster::executor(port, scheduler_port).await,
    }
}

async fn compare(files: &[String], url: &str) -> Result<()> {
    let bytes: u64 = files.iter().map(|file| std::fs::metadata(file).map_or(0, |m| m.len())).sum();
    let local = cluster::local()?;
    let expected = queries::counts(&local, files).await?.collect().await?;
    let expected = pretty_format_batches(&expected)?.to_string();
    let texts =
        local.sql("SELECT count(text) AS texts, sum(octet_length(text)) AS bytes FROM articles").await?;
    println!("{}\n({bytes} bytes of Parquet)", pretty_format_batches(&texts.collect().await?)?);
    let remote = cluster::client(url).await?;
    // The first one also fills the caches of words.
    for round in 0..3 {
        let start = Instant::now();
        let found = queries::counts(&remote, files).await?.collect().await?;
        let seconds = start.elapsed().as_secs_f64();
        remote.deregister_table("articles")?;
        if pretty_format_batches(&found)?.to_string() != expected {
            return Err(DataFusionError::Execution("the cluster answers otherwise than one process".into()));
        }
        println!(
            "round {round}: {seconds:.2} s, {} rows equal to those of one process",
            found.iter().map(|b| b.num_rows()).sum::<usize>()
        );
    }
    Ok(())
}
