package io.signalbox.kernel.facade.workflow;

/** What the results of nodes become; those of nodes that succeeded, or of the winner alone where there is one. */
public enum ResultAggregation {
    /** One map: results that are maps are put together, of equal keys the later node's value counts and the collision is told; other results stand under their node's name. */
    MERGE,
    /** The result of the best quality; among equals that of the node declared first. */
    SELECT_BEST,
    /** Each result under its node's name, of all nodes that succeeded, also where there is a winner. */
    COLLECT_ALL
}
