namespace Akka.Persistence;

/// <summary>The default settings; each key as in the genuine library.</summary>
internal static class PersistenceReference
{
    public const string Text =
        """
        akka.persistence {
          # Recoveries at a time; the others wait.
          max-concurrent-recoveries = 50

          # Not set, so that a test's fallback can: publish-plugin-commands = on puts requests for replays and
          # deletions on the event stream once they have been carried out.

          # What happens to a command that finds the internal stash full.
          internal-stash-overflow-strategy = "Akka.Persistence.ThrowExceptionConfigurator, Akka.Persistence"

          journal {
            # Configuration path of the journal that actors use unless they name another.
            plugin = "akka.persistence.journal.inmem"

            # Events in memory; gone with the actor system.
            inmem.class = "Akka.Persistence.Journal.MemoryJournal, Akka.Persistence"

            # Events in a database.
            sql {
              class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
              # Must be set; for SQLite "Data Source=<file>".
              connection-string = ""
              # SQLite.MS
              provider-name = ""
            }
          }

          snapshot-store {
            # Configuration path of the snapshot store that actors use unless they name another; "" for none.
            plugin = "akka.persistence.snapshot-store.inmem"

            # Snapshots in memory; gone with the actor system.
            inmem.class = "Akka.Persistence.Snapshot.MemorySnapshotStore, Akka.Persistence"

            # Snapshots in a database; may be that of the journal.
            sql {
              class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
              connection-string = ""
              provider-name = ""
            }
          }

          no-snapshot-store.class = "Akka.Persistence.Snapshot.NoSnapshotStore, Akka.Persistence"

          # For journals that do not say otherwise.
          journal-plugin-fallback {
            plugin-dispatcher = "akka.actor.default-dispatcher"

            # Adapters by name, and which classes of events they take: "<class>" = <name>, or [<name>, …].
            event-adapters {}
            event-adapter-bindings {}

            # Longest wait for the snapshot, and for each next event, in a recovery.
            recovery-event-timeout = 30s

            # After so many failures in a row, calls fail at once until reset-timeout is over.
            circuit-breaker {
              max-failures = 10
              call-timeout = 10s
              reset-timeout = 30s
            }

            # What a replay does with events of overlapping writers: repair-by-discard-old, fail, warn or off.
            replay-filter {
              mode = repair-by-discard-old
              # Events looked ahead.
              window-size = 100
              # Earlier writers remembered.
              max-old-writers = 10
            }
          }

          # For snapshot stores that do not say otherwise.
          snapshot-store-plugin-fallback {
            plugin-dispatcher = "akka.actor.default-dispatcher"
            circuit-breaker {
              max-failures = 5
              call-timeout = 20s
              reset-timeout = 60s
            }
          }
        }
        """;
}
