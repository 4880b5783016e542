//! Errors that say what to do.

use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Json, Response};

/// Why a request is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Status of the response.
    pub status: StatusCode,
    /// What is wrong and what to do.
    pub message: String,
}

impl Failure {
    fn new(status: StatusCode, message: impl Into<String>) -> Failure {
        Failure { status, message: message.into() }
    }

    pub(crate) fn too_long(limit: usize) -> Failure {
        let message =
            format!("the body is longer than {limit} bytes; send the text in parts, cut between paragraphs");
        Failure::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    }

    pub(crate) fn not_json(given: &str) -> Failure {
        let given = if given.is_empty() { "missing".into() } else { format!("`{given}`") };
        let message = format!("the content type is {given}; send `application/json`");
        Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message)
    }

    pub(crate) fn no_question(error: &serde_json::Error) -> Failure {
        let message = format!("the body is not of the form {{\"text\": \"…\"}}: {error}");
        Failure::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn no_route(path: &str) -> Failure {
        let message = format!("there is nothing at {path}; try POST /extract, GET / or GET /health");
        Failure::new(StatusCode::NOT_FOUND, message)
    }

    pub(crate) fn no_method(method: &Method, path: &str) -> Failure {
        let right = if path == "/extract" { "POST" } else { "GET" };
        let message = format!("{path} does not answer {method}; use {right}");
        Failure::new(StatusCode::METHOD_NOT_ALLOWED, message)
    }

    /// The service is going down.
    pub(crate) fn stopped() -> Failure {
        Failure::new(StatusCode::SERVICE_UNAVAILABLE, "the service is stopping; ask again later")
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let error = serde_json::json!({ "status": self.status.as_u16(), "message": self.message });
        (self.status, Json(serde_json::json!({ "error": error }))).into_response()
    }
}
