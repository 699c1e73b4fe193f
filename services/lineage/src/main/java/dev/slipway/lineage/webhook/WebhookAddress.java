package dev.slipway.lineage.webhook;

import dev.slipway.kernel.SlipwayException;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Set;

/** Lets webhooks lead nowhere but to public HTTP servers, unless the settings say otherwise. */
@Singleton
final class WebhookAddress {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int MAX_URL = 500;

    private final WebhookSettings settings;

    WebhookAddress(WebhookSettings settings) {
        this.settings = settings;
    }

    /**
     * The address, if requests may go there; otherwise {@code webhook.url}. It is asked before each delivery too, since names
     * change their addresses; the JVM remembers for some seconds what it has found here, so the request goes to the same.
     */
    URI check(String url) {
        URI address = parse(url);
        if (!settings.privateAddresses()) {
            for (InetAddress resolved : resolve(address)) {
                if (!isPublic(resolved)) {
                    throw refused(
                            url,
                            "leads to " + resolved.getHostAddress() + ", which is no public address; give a public one,"
                                    + " or set slipway.webhooks.private-addresses to true");
                }
            }
        }
        return address;
    }

    private static URI parse(String url) {
        try {
            URI address = new URI(url.strip());
            String scheme = address.getScheme();
            if (url.length() > MAX_URL || scheme == null || !SCHEMES.contains(scheme) || address.getHost() == null) {
                throw refused(
                        url, "must be http:// or https://, name a host and have " + MAX_URL + " characters at most");
            }
            if (address.getUserInfo() != null) {
                throw refused(url, "must not hold a user or password; sign deliveries with a secret");
            }
            return address;
        } catch (URISyntaxException e) {
            throw refused(url, "is no URL: " + e.getReason());
        }
    }

    private static InetAddress[] resolve(URI address) {
        try {
            return InetAddress.getAllByName(address.getHost());
        } catch (UnknownHostException e) {
            throw refused(address.toString(), "names a host that is not known here");
        }
    }

    private static boolean isPublic(InetAddress address) {
        return !(address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || isReserved(address.getAddress(), address instanceof Inet4Address));
    }

    /** Ranges that the JDK has no question for. */
    private static boolean isReserved(byte[] bytes, boolean four) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (four) {
            return first == 0
                    || first >= 240
                    || (first == 100 && second >= 64 && second < 128)
                    || (first == 192 && second == 0)
                    || (first == 198 && (second == 18 || second == 19));
        }
        // Unique local addresses; and 6to4, NAT64 and Teredo, which carry an IPv4 address that may be anything.
        return (first & 0xfe) == 0xfc
                || (first == 0x20 && second == 0x02)
                || (first == 0x00 && second == 0x64)
                || (first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0);
    }

    private static SlipwayException refused(String url, String why) {
        return SlipwayException.invalid("webhook.url", "The URL '" + url + "' of a webhook " + why + ".");
    }
}
