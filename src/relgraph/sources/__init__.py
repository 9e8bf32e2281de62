"""Sources: the documents that a graph cites, without holding a sentence of them.

Pure functions on plain data, in three modules, each using only those before it:

``segments``  a decoded text and its section map -> its sentences, bullets and headings
``lock``      ``graph/sources.lock`` (places and hashes), and the checks that need no more than that
``verify``    the checks for whoever has the file: hashes and coverage; finding words to cite

Codes of the faults: RG202 a citation outside its document, RG203 not in the lock, RG204 leaving its segment,
RG205 naming another section; RG206 a faulty section map; RG207 a line of the lock that cannot be read; RG208
a document that is not the locked one; RG209 a segment and RG210 a cited range that differ; RG211 a segment
neither cited nor listed as not factual, RG212 (warning) one that is both; RG213 a not-factual range that is
not whole segments; RG214 a document that is not in the lock; RG215 (warning) a lock that changes a cited
text.
"""
