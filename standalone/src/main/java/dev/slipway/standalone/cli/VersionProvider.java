package dev.slipway.standalone.cli;

import dev.slipway.standalone.ProductVersion;
import picocli.CommandLine.IVersionProvider;

/** Tells picocli the version that was built. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"slipway " + number()};
    }

    static String number() {
        return ProductVersion.number();
    }
}
