package dev.slipway.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/** Puts nodes in an order in which every value is made before it is used; some exporters forget to. */
final class NodeOrder {
    private NodeOrder() {}

    /** The nodes as they are if they are in order; fails with {@code onnx.malformed} if they wait for each other. */
    static List<OnnxNode> sorted(List<OnnxNode> nodes) {
        Map<String, Integer> makers = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String output : nodes.get(i).outputs()) {
                makers.putIfAbsent(output, i);
            }
        }
        makers.remove("");
        boolean ordered = true;
        List<List<Integer>> users = new ArrayList<>();
        nodes.forEach(node -> users.add(new ArrayList<>()));
        int[] waits = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            for (String value : nodes.get(i).reads()) {
                Integer maker = makers.get(value);
                if (maker != null) {
                    users.get(maker).add(i);
                    waits[i]++;
                    ordered = ordered && maker < i;
                }
            }
        }
        return ordered ? nodes : reordered(nodes, users, waits);
    }

    private static List<OnnxNode> reordered(List<OnnxNode> nodes, List<List<Integer>> users, int[] waits) {
        Queue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < waits.length; i++) {
            if (waits[i] == 0) {
                ready.add(i);
            }
        }
        List<OnnxNode> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            int next = ready.remove();
            sorted.add(nodes.get(next));
            for (int user : users.get(next)) {
                waits[user]--;
                if (waits[user] == 0) {
                    ready.add(user);
                }
            }
        }
        if (sorted.size() < nodes.size()) {
            int first = 0;
            while (waits[first] == 0) {
                first++;
            }
            OnnxNode stuck = nodes.get(first);
            throw OnnxReader.malformed(
                    "node '" + stuck.label() + "' (" + Names.shown(stuck.operator())
                            + ") needs a value that needs what it makes, a cycle",
                    null);
        }
        return sorted;
    }
}
