package io.signalbox.bench.subject;

/** A way to carry out a graph of steps that do nothing but say that they ran. One graph at a time. */
public interface GraphSubject extends AutoCloseable {
    /** Carry out the whole graph once, from its start to its last step; the asking thread waits. */
    void run();

    /** The steps of the last graph that ran. */
    int ran();

    @Override
    void close();
}
