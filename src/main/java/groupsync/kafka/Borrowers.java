package groupsync.kafka;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Who borrows the slots of which partition: those with more to do get more of them (the method of D'Hondt). */
final class Borrowers {

    private Borrowers() {}

    /**
     * Gives each lender to a borrower. With the same arguments, each instance gets the same result.
     *
     * @param lenders partitions, in order
     * @param busy the borrowers, and how many events wait in each of them
     * @return the borrower of each lender; empty if there is none
     */
    static Map<Integer, Integer> of(Collection<Integer> lenders, Map<Integer, Long> busy) {
        var borrowers = new HashMap<Integer, Integer>();
        var slots = new HashMap<Integer, Integer>();
        // After its own slot, and those that it got, the backlog of a partition counts for less.
        var most = Comparator.comparingDouble((Map.Entry<Integer, Long> partition) ->
                        (double) partition.getValue() / (2 + slots.getOrDefault(partition.getKey(), 0)))
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder()));
        for (var lender : lenders) {
            busy.entrySet().stream().max(most).map(Map.Entry::getKey).ifPresent(borrower -> {
                borrowers.put(lender, borrower);
                slots.merge(borrower, 1, Integer::sum);
            });
        }
        return borrowers;
    }
}
