package io.signalbox.bench;

/** A baseline fork and the subject fork right after it. */
record Pair(Measurement baseline, Measurement subject) {

    double ratioP50() {
        return subject.p50() / baseline.p50();
    }

    double ratioP99() {
        return subject.p99() / baseline.p99();
    }

    /** Of the means over all turns of the phase without time stamps inside: free of the clock's cost. */
    double ratioMeanUntimed() {
        return subject.meanUntimed() / baseline.meanUntimed();
    }
}
