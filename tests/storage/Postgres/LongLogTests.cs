using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Storage.Tests.Protection;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>Verifying a log streams: the memory it takes does not grow with the log.</summary>
[Collection(nameof(Alone))]
public sealed class LongLogTests(PrivatePostgres server)
{
    private const long MostHeld = 64L * 1024 * 1024;

    private static bool Long => Environment.GetEnvironmentVariable("TUMBLER_TEST_LONG") == "1";

    [Fact]
    public async Task A_log_of_any_length_is_verified_in_constant_memory_and_says_how_far_it_is()
    {
        var (chains, length) = Long ? (100, 10_000) : (20, 500);
        var database = server.NewMigratedDatabase();
        var owner = server.ConnectionString(PrivatePostgres.Owner, database);
        await Fill(owner, chains, length);
        using var store = Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));
        Assert.Null(await new Checkpoints(store, AuditSigning.Proofs, TimeProvider.System, NullLogger<Checkpoints>.Instance).Make(default));

        var log = new KeptLogOf<AuditLog>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }
        });
        var clock = Stopwatch.StartNew();
        var verified = await new AuditLog(store, History.AuditKey, AuditSigning.Proofs, log).Verify();
        clock.Stop();
        await stop.CancelAsync();
        await watching;

        Assert.Equal(new AuditVerdict(true, chains, (long)chains * length, null, Checkpoints: 1), verified.Value);
        Assert.True(most < MostHeld, $"{most:N0} bytes were held on the way.");
        Assert.Equal(chains * length / LogWalk.ProgressStep, log.Lines.Count(line => line.Text.Contains("entries of", StringComparison.Ordinal)));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{chains * length:N0} entries in {clock.Elapsed.TotalSeconds:N1} s, {chains * length / clock.Elapsed.TotalSeconds:N0}/s, at most {most:N0} bytes more than before");
    }

    /// <summary>Rows as the product would have written them, put in as fast as PostgreSQL takes them.</summary>
    private static async Task Fill(string owner, int chains, int length)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using var connection = await source.OpenConnectionAsync();
        var details = ImmutableSortedDictionary<string, string>.Empty.Add("kid", new string('k', 36)).Add("origin", "scheduled");
        var heads = new List<(string Id, AuditHead Head)>();
        await using (var rows = await connection.BeginBinaryImportAsync("""
            COPY audit_entries (chain, seq, time, org, actor_type, actor_id, action, resource_type, resource_id, status, request_id,
                source, details, prev_hash, hash, mac) FROM STDIN (FORMAT BINARY)
            """))
        {
            for (var number = 0; number < chains; number++)
            {
                var (id, head) = ($"ring-{number}", AuditHead.Empty);
                var call = new CallContext(new Actor(ActorType.Administrator, "bootstrap"), "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "192.0.2.1");
                for (var done = 0; done < length; done += 100)
                {
                    var drafts = Enumerable.Repeat(
                        new AuditDraft(null, AuditAction.Rotate, AuditResource.SigningKey, new string('k', 36), AuditStatus.Success, details), 100).ToArray();
                    (var entries, head) = AuditChain.Append($"ring:{id}", head, drafts, call, DateTimeOffset.UnixEpoch.AddYears(56), History.AuditKey);
                    foreach (var entry in entries)
                        await Write(rows, entry);
                }

                heads.Add((id, head));
            }

            await rows.CompleteAsync();
        }

        foreach (var (id, head) in heads)
        {
            await using var ring = new NpgsqlCommand("INSERT INTO rings (body) VALUES (jsonb_build_object('id', $1, 'version', 1, 'audit_seq', $2, 'audit_hash', $3))", connection)
            {
                Parameters = { new() { Value = id, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = head.Seq }, new() { Value = head.Hash, NpgsqlDbType = NpgsqlDbType.Text } },
            };
            await ring.ExecuteNonQueryAsync();
        }
    }

    private static async Task Write(NpgsqlBinaryImporter rows, AuditEntry entry)
    {
        await rows.StartRowAsync();
        await rows.WriteAsync(entry.Chain, NpgsqlDbType.Text);
        await rows.WriteAsync(entry.Seq, NpgsqlDbType.Bigint);
        await rows.WriteAsync(entry.Time, NpgsqlDbType.TimestampTz);
        await rows.WriteNullAsync();
        foreach (var text in (string[])
            [
                entry.Actor.Type.ToString(), entry.Actor.Id, entry.Action.ToString(), entry.ResourceType.ToString(), entry.ResourceId,
                entry.Status.ToString(), entry.RequestId, entry.Source,
            ])
            await rows.WriteAsync(text, NpgsqlDbType.Text);
        await rows.WriteAsync(System.Text.Json.JsonSerializer.Serialize(entry.Details), NpgsqlDbType.Jsonb);
        foreach (var text in (string[])[entry.PrevHash, entry.Hash, entry.Mac])
            await rows.WriteAsync(text, NpgsqlDbType.Text);
    }
}
