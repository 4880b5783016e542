//! The documents of the project, for reading beside the code; what they show in Rust is tested.
//!
//! - [`linguists`]: the ending grammar, the fold table, and what is held to be a name.
//! - [`design`]: how the crate works, and why it is built so.
//! - [`gazetteers`] and [`cues`]: the tables, and how to compile one's own.
//! - [`accuracy`] and [`performance`]: what has been measured.
//! - [`compare`]: other tools, and what each does.

// The documents link to each other as files; of two definitions of a link the first counts.
macro_rules! documents {
    ($($name:ident $file:literal)*) => {$(
        #[doc = "[ACCURACY.md]: crate::guide::accuracy"]
        #[doc = "[CUES.md]: crate::guide::cues"]
        #[doc = "[DESIGN.md]: crate::guide::design"]
        #[doc = "[PERFORMANCE.md]: crate::guide::performance"]
        #[doc = "[SECURITY.md]: crate#errors-and-panics"]
        #[doc = ""]
        #[doc = include_str!(concat!("../docs/", $file, ".md"))]
        pub mod $name {}
    )*};
}

documents! {
    linguists "LINGUISTS"
    design "DESIGN"
    gazetteers "GAZETTEERS"
    cues "CUES"
    accuracy "ACCURACY"
    performance "PERFORMANCE"
    compare "COMPARE"
}
