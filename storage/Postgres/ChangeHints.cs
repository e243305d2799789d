using Npgsql;
using Tumbler.Engine;

namespace Tumbler.Storage.Postgres;

/// <summary>Tells the other processes on this database that something was saved, by NOTIFY. Not within the saving transaction:
/// those that notify commit one after another, a whole server's. A hint that is lost costs nobody more than the time until
/// it asks by itself.</summary>
internal sealed class ChangeHints(NpgsqlDataSource database, TimeProvider clock)
{
    private const string Channel = "tumbler_saved";

    /// <summary>However much is saved: so often one process sends, and so often it lets itself be woken by all others.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private readonly string sender = Chance.Uuid().ToString();
    private Task rest = Task.CompletedTask;
    private bool heard;
    private volatile bool revoked;
    private int unsent;

    /// <summary>Without waiting. What is saved while it rests goes along with the next.</summary>
    /// <param name="revokes">Then this process hears it too: others wait for it to know what is worth nothing any more.</param>
    public void Send(bool revokes)
    {
        if (revokes)
            revoked = true;
        if (Interlocked.Increment(ref unsent) == 1)
            _ = SendAll();
    }

    /// <summary>From now on hints reach this session, also while it is asked something else. Not where the server lets nobody
    /// listen, as a standby does.</summary>
    public async Task Listen(NpgsqlConnection session, CancellationToken stop)
    {
        session.Notification += (_, hint) => heard |= hint.Payload != sender;
        try
        {
            await using var listen = new NpgsqlCommand($"LISTEN {Channel}", session);
            await listen.ExecuteNonQueryAsync(stop);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.FeatureNotSupported)
        {
            // Then it asks every second, as it does anyway.
        }
    }

    /// <summary>Ends when another process has sent one since the last wait.</summary>
    public async Task Wait(NpgsqlConnection session, CancellationToken stop)
    {
        while (!heard)
            await session.WaitAsync(stop);
        await rest.WaitAsync(stop);
        rest = Task.Delay(Rest, clock, CancellationToken.None);
        heard = false;
    }

    private async Task SendAll()
    {
        int sent;
        do
        {
            sent = Volatile.Read(ref unsent);
            var toAll = revoked;
            revoked = false;
            await Send(toAll ? "" : sender);
            await Task.Delay(Rest, clock);
        }
        while (Interlocked.Add(ref unsent, -sent) != 0);
    }

    private async Task Send(string payload)
    {
        try
        {
            await using var notify = database.CreateCommand("SELECT pg_notify($1, $2)");
            notify.Parameters.Add(Parameters.Text(Channel));
            notify.Parameters.Add(Parameters.Text(payload));
            await notify.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (Faults.IsUnavailable(e))
        {
            // Then nobody hears, and everybody asks.
        }
    }
}
