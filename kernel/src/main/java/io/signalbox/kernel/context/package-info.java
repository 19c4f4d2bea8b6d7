/**
 * What each agent is given to work with: its assignment, its limits and protocols, and the intelligence that all share. Documents are immutable trees; what
 * agents have in common they have once.
 */
package io.signalbox.kernel.context;
