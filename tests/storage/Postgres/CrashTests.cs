using System.Collections.Concurrent;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Engine.Store;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>PostgreSQL dies under load. It has one of its own, because it takes everybody down.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Writers = 8;
    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly int Crashes = Environment.GetEnvironmentVariable("TUMBLER_TEST_LONG") == "1" ? 20 : 3;

    private readonly PrivatePostgres server = new();
    private readonly ConcurrentDictionary<RingId, Stored<KeyRing>> acknowledged = [];
    private volatile int saved;
    private volatile int unanswered;
    private volatile bool enough;

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_there_with_its_entries_and_nothing_is_there_by_half()
    {
        var connection = server.ConnectionString(PrivatePostgres.Runtime, server.NewMigratedDatabase());
        using var store = Stores.Open(connection);
        var writers = Enumerable.Range(0, Writers).Select(n => Task.Run(() => Write(store, n))).ToArray();
        for (var crash = 1; crash <= Crashes; crash++)
        {
            // Each at another point of the writers' rounds, and only when they are at it again.
            var until = saved + 100 + crash * 37 % 50;
            while (saved < until && !writers.Any(writer => writer.IsCompleted))
                await Task.Yield();
            server.Crash();
            server.Start();
        }

        enough = true;
        await Task.WhenAll(writers);

        Assert.True(unanswered >= Crashes, $"{unanswered} saves were not answered; the load was not on.");
        using var later = Stores.Open(connection);
        Assert.Equal(Writers, acknowledged.Count);
        foreach (var (id, last) in acknowledged)
        {
            var found = (await later.Rings.Load(id, Go))!;
            Assert.Equal(last.Version, found.Version);
            Assert.Equal(Shape.Of(last.State), Shape.Of(found.State));
            var entries = await later.Audit.Read(found.State.Chain, Go).ToListAsync();
            Assert.Null(AuditChain.Verify(found.State.Chain, entries, found.State.AuditHead, History.AuditKey));

            // Every version has exactly one entry.
            Assert.Equal(found.Version.Value, entries.Count);
        }
    }

    private async Task Write(PostgresStore store, int number)
    {
        var history = new History(seed: number);
        var id = History.Ring(number);
        while (!enough)
        {
            var known = await LoadWhenBack(store, id);
            if (acknowledged.TryGetValue(id, out var last))
                Assert.True(known?.Version >= last.Version, $"Version {last.Version} of {id} was acknowledged, {known?.Version} is there.");
            if (known is not null)
                acknowledged[id] = known;
            while (!enough)
            {
                var (next, entries) = history.Audited(history.Changed(known?.State ?? history.NewRing(id)));
                var result = await store.Rings.Save(next, known?.Version ?? VersionToken.None, entries, Go);
                Assert.NotEqual(SaveOutcome.Conflict, result.Outcome);
                if (result.Outcome == SaveOutcome.Unavailable)
                {
                    Interlocked.Increment(ref unanswered);
                    break;
                }

                acknowledged[id] = known = new Stored<KeyRing>(next, result.Version);
                Interlocked.Increment(ref saved);
            }
        }

        // The last save may have been one without an answer.
        acknowledged[id] = (await LoadWhenBack(store, id))!;
    }

    private static async Task<Stored<KeyRing>?> LoadWhenBack(PostgresStore store, RingId id)
    {
        while (true)
        {
            try
            {
                return await store.Rings.Load(id, Go);
            }
            catch (StoreUnavailableException)
            {
                await Task.Yield();
            }
        }
    }
}
