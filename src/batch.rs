//! Many texts at once, on all cores.

use rayon::prelude::*;

use crate::entity::Entity;
use crate::extractor::Extractor;
use crate::pipeline::Scratch;

impl Extractor {
    /// The entities of each text, as [`extract`](Self::extract) finds them, on the threads of
    /// the current `rayon` pool. Needs the feature `rayon`.
    ///
    /// Each text is a document of its own. Every thread keeps its buffers from text to text.
    ///
    /// ```
    /// let ner = bangla_ner::Extractor::bundled();
    /// let texts = ["ঢাকায় বৃষ্টি।", "আজ রোদ।", "খুলনায় মেঘ।"];
    /// let found = ner.extract_batch(&texts);
    /// let names: Vec<Vec<_>> = found.iter().map(|f| f.iter().map(|e| e.name()).collect()).collect();
    /// assert_eq!(names, [vec!["ঢাকা"], vec![], vec!["খুলনা"]]);
    /// ```
    pub fn extract_batch<'t, T: AsRef<str> + Sync>(&'t self, texts: &'t [T]) -> Vec<Vec<Entity<'t>>> {
        let extract = |scratch: &mut Scratch, text: &'t T| self.extract_owned(scratch, text.as_ref());
        texts.par_iter().map_init(Scratch::new, extract).collect()
    }
}
