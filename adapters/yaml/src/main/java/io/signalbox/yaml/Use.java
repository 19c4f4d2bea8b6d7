package io.signalbox.yaml;

/**
 * A placeholder somewhere in the file.
 *
 * @param placeholder what is meant
 * @param node the value it stands in
 * @param shown as it stands there
 * @param what the name of that value, for messages
 */
record Use(Placeholder placeholder, YamlNode node, String shown, String what) {}
