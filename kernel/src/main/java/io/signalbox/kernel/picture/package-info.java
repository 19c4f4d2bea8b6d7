/** Pictures of graphs of steps: a layered drawing for a browser, or text for Graphviz. Pure functions; what colours and shapes mean is the caller's. */
package io.signalbox.kernel.picture;
