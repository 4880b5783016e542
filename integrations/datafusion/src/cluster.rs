//! The function on a Ballista cluster: a scheduler, executors and clients that know it.

use std::sync::Arc;

use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion::common::{DataFusionError, Result};
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::extract_entities;

/// Pieces that a query is cut into.
const PARTITIONS: usize = 8;

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}

/// A session that knows the function.
fn state(config: SessionConfig) -> Result<SessionState> {
    let mut state = SessionStateBuilder::new().with_config(config).with_default_features().build();
    datafusion::execution::FunctionRegistry::register_udf(&mut state, Arc::new(extract_entities()))?;
    Ok(state)
}

/// A session of this process alone.
///
/// # Errors
/// None that is known of.
pub fn local() -> Result<SessionContext> {
    Ok(SessionContext::new_with_state(state(SessionConfig::new().with_target_partitions(PARTITIONS))?))
}

/// A session whose queries a cluster answers; `url` is that of its scheduler.
///
/// # Errors
/// A scheduler that cannot be reached.
pub async fn client(url: &str) -> Result<SessionContext> {
    let config = SessionConfig::new_with_ballista().with_target_partitions(PARTITIONS);
    let ctx = SessionContext::remote_with_state(url, state(config)?).await?;
    // What becomes a session of a cluster keeps Ballista's functions alone.
    ctx.register_udf(extract_entities());
    Ok(ctx)
}

/// Runs a scheduler on this port of the loopback, until the process ends.
///
/// # Errors
/// A port that is taken.
pub async fn scheduler(port: u16) -> Result<()> {
    let config = SchedulerConfig::default()
        .with_port(port)
        .with_hostname("127.0.0.1")
        .with_override_config_producer(Arc::new(SessionConfig::new_with_ballista))
        .with_override_session_builder(Arc::new(state));
    let cluster = BallistaCluster::new_from_config(&config).await.map_err(failed)?;
    start_server(cluster, ([127, 0, 0, 1], port).into(), Arc::new(config)).await.map_err(failed)
}

/// Runs an executor of one core on the loopback: on `port` and the next one.
///
/// # Errors
/// Ports that are taken, a scheduler that cannot be reached within ten seconds.
pub async fn executor(port: u16, scheduler_port: u16) -> Result<()> {
    let mut functions = BallistaFunctionRegistry::default();
    functions.scalar_functions.insert(crate::NAME.into(), Arc::new(extract_entities()));
    let config = ExecutorProcessConfig {
        port,
        grpc_port: port + 1,
        scheduler_host: "127.0.0.1".into(),
        scheduler_port,
        scheduler_connect_timeout_seconds: 10,
        vcores: 1,
        override_function_registry: Some(Arc::new(functions)),
        override_config_producer: Some(Arc::new(SessionConfig::new_with_ballista)),
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config)).await.map_err(failed)
}
