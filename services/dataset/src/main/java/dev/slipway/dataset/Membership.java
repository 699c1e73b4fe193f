package dev.slipway.dataset;

import dev.slipway.api.dataset.SplitName;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Which content is in which split: an artifact of lines {@code <digest> <split>}, in the order of digests. */
final class Membership {
    private Membership() {}

    static byte[] write(Map<SplitName, List<ContentGroup>> splits) {
        Map<Digest, SplitName> places = new TreeMap<>();
        splits.forEach((split, groups) -> groups.forEach(group -> places.put(group.content(), split)));
        StringBuilder lines = new StringBuilder();
        places.forEach((content, split) ->
                lines.append(content).append(' ').append(split).append('\n'));
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static Map<Digest, SplitName> read(ArtifactStore artifacts, Digest membership) {
        Map<Digest, SplitName> places = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                artifacts.open(membership, 0, OptionalLong.empty()), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                places.put(new Digest(line.substring(0, space)), SplitName.valueOf(line.substring(space + 1)));
            }
            return places;
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "artifact.unreadable", "The membership " + membership + " can not be read: " + e.getMessage(), e);
        }
    }
}
