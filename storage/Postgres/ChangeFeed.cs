using Npgsql;
using NpgsqlTypes;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Revocations;
using Tumbler.Engine;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Postgres;

/// <summary>Answers what has changed, by the numbers of transactions. Commits come out of order of these, so a mark is not
/// the highest number seen but the lowest one still under way: whatever commits later has that or a higher one.
/// A mark holds only within one session of the server. A crash may forget numbers that left no trace on the disk and a
/// failover those that did not get across; they are given out again, to changes that a mark from before would miss.
/// No session outlives either.</summary>
internal sealed class ChangeFeed(NpgsqlDataSource database, ChangeHints hints) : IDisposable
{
    private const ulong Everything = 0;
    private const ulong Nothing = ulong.MaxValue;

    /// <summary>One statement, hence one snapshot: what is not listed is not before the mark.</summary>
    private static readonly string Sql = string.Join(
        " UNION ALL ",
        "SELECT 'mark', '', pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
        "SELECT 'clock', '', (extract(epoch FROM clock_timestamp()) * 1000)::bigint",
        AggregateTables.Rings.ChangedSince,
        AggregateTables.Organizations.ChangedSince,
        RevocationStatements.Last,
        RevocationStatements.Since);

    private readonly SemaphoreSlim turn = new(1);
    private NpgsqlConnection? session;
    private Guid life;

    /// <exception cref="StoreUnavailableException"/>
    public async ValueTask<StoreChanges> Since(ChangeMark? mark, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            return await Faults.Read(() => Ask(mark, stop));
        }
        catch
        {
            // Whatever it was, the session may have ended with it.
            EndSession();
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc cref="Engine.Store.IStore.Hint"/>
    public async Task Hint(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            if (session is not null)
            {
                await hints.Wait(session, stop);
                return;
            }
        }
        catch (Exception e) when (Faults.IsUnavailable(e))
        {
            EndSession();
        }
        finally
        {
            turn.Release();
        }

        await new TaskCompletionSource().Task.WaitAsync(stop);
    }

    public void Dispose()
    {
        EndSession();
        turn.Dispose();
    }

    private void EndSession()
    {
        session?.Dispose();
        session = null;
    }

    private async Task<StoreChanges> Ask(ChangeMark? mark, CancellationToken stop)
    {
        if (session is null)
        {
            (session, life) = (await database.OpenConnectionAsync(stop), Chance.Uuid());
            await hints.Listen(session, stop);
        }

        var since = mark is not { } from ? Nothing : from.Life == life ? (ulong)from.Position : Everything;
        var known = mark is { } heard && heard.Life == life ? heard.Number : 0;
        await using var command = new NpgsqlCommand(Sql, session);
        command.Parameters.Add(new NpgsqlParameter<ulong> { NpgsqlDbType = NpgsqlDbType.Xid8, TypedValue = since });
        command.Parameters.Add(Parameters.Number(known));
        await using var rows = await command.ExecuteReaderAsync(stop);
        var (next, time, rings, organizations) = (0L, 0L, new List<Changed<RingId>>(), new List<Changed<OrgSlug>>());
        var (last, revocations) = (0L, new List<FeedEntry>());
        while (await rows.ReadAsync(stop))
        {
            var (table, id, number) = (rows.GetString(0), rows.GetString(1), rows.GetInt64(2));
            if (table == AggregateTables.Rings.Name)
                rings.Add(new(RingId.Parse(id), new VersionToken(number)));
            else if (table == AggregateTables.Organizations.Name)
                organizations.Add(new(OrgSlug.Parse(id), new VersionToken(number)));
            else if (table == "revocation" && RevocationStatements.Read(id, number) is { } entry)
                revocations.Add(entry);
            else if (table == "last_revocation")
                last = number;
            else if (table == "clock")
                time = number;
            else if (table == "mark")
                next = number;
        }

        return new StoreChanges(
            new ChangeMark(life, next, last),
            rings,
            organizations,
            new RevocationNews(Whole: mark?.Life != life, last, revocations),
            DateTimeOffset.FromUnixTimeMilliseconds(time));
    }
}
