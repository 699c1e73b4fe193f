package dev.slipway.edge.layout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How a reshape relates axes: runs of axes before it that become runs of axes behind it, in order. One axis may be split
 * into several, several be merged into one, axes of length 1 come and go.
 */
final class AxisGroups {
    /** The axes {@code from} (inclusive) to {@code fromEnd} become those {@code to} to {@code toEnd}. */
    record Group(int from, int fromEnd, int to, int toEnd) {}

    private AxisGroups() {}

    /** Empty if open lengths don't tell which axes belong together. */
    static Optional<List<Group>> of(List<Integer> from, List<Integer> to) {
        int front = 0;
        int frontTo = 0;
        List<Group> groups = new ArrayList<>();
        int openFrom = from.indexOf(-1);
        int openTo = to.indexOf(-1);
        if ((openFrom == -1) != (openTo == -1) || openFrom != from.lastIndexOf(-1) || openTo != to.lastIndexOf(-1)) {
            return Optional.empty();
        }
        if (openFrom != -1) {
            // Only where the lengths around the open one agree is it the same on both sides.
            boolean before = groups(from, 0, openFrom, to, 0, openTo, groups);
            groups.add(new Group(openFrom, openFrom + 1, openTo, openTo + 1));
            front = openFrom + 1;
            frontTo = openTo + 1;
            if (!before) {
                return Optional.empty();
            }
        }
        return groups(from, front, from.size(), to, frontTo, to.size(), groups)
                ? Optional.of(groups)
                : Optional.empty();
    }

    private static boolean groups(
            List<Integer> from, int i, int end, List<Integer> to, int j, int toEnd, List<Group> groups) {
        while (i < end || j < toEnd) {
            int first = i;
            int firstTo = j;
            long left = i < end ? from.get(i++) : 1;
            long right = j < toEnd ? to.get(j++) : 1;
            if (left == 1 && right != 1 && first < end) {
                j = firstTo;
                right = 1;
            } else if (right == 1 && left != 1 && firstTo < toEnd) {
                i = first;
                left = 1;
            }
            while (left != right) {
                if (left < right && i < end) {
                    left *= from.get(i++);
                } else if (right < left && j < toEnd) {
                    right *= to.get(j++);
                } else {
                    return false;
                }
            }
            if (left == 0) {
                return false;
            }
            groups.add(new Group(first, i, firstTo, j));
        }
        return true;
    }

    /** The groups in the order of the numbers given for each. */
    static List<Group> sorted(List<Group> groups, List<Integer> keys) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            indexes.add(i);
        }
        // Stable: a group without axes of its own stays behind the one before it.
        Collections.sort(indexes, (a, b) -> Integer.compare(keys.get(a), keys.get(b)));
        return indexes.stream().map(groups::get).toList();
    }
}
