using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Tests.Store;
using Tumbler.Storage.Exports;
using Tumbler.Storage.Protection;

namespace Tumbler.Engine.Tests.Audit;

public sealed class AuditExportsTests : IDisposable
{
    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task The_whole_log_is_exported_and_verifies_by_itself_and_by_OpenSSL_alone()
    {
        var node = await SomeLog();

        var export = await Made(node, null);

        Assert.Equal((AuditExportStatus.Completed, 11L, 11L, 1L), (export.Status, export.EntriesDone, export.EntriesTotal!.Value, export.Checkpoint!.Value));
        Assert.Equal(["audit.jsonl", "audit.jsonl.p7s", "heads.jsonl", "checkpoint.txt", "certificate.pem", "manifest.json"], export.Files);
        Assert.Equal(export.Files!.Order(StringComparer.Ordinal), Directory.GetFiles(Folder(export)).Select(Path.GetFileName).Order(StringComparer.Ordinal)!);
        Assert.Equal(Path.Combine(installation.ExportDirectory, "2026-03-01", export.Id.ToString()), Folder(export));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Folder(export), "audit.jsonl")));
        var verdict = await Verify(export);
        Assert.Null(verdict.Fault);
        Assert.Equal((3, 11L, (string?)null), (verdict.Chains, verdict.Entries, verdict.Chain));
        Assert.Equal(0, await OpenSsl.VerifyCms(Folder(export)));

        var log = Path.Combine(Folder(export), "audit.jsonl");
        var bytes = await File.ReadAllBytesAsync(log);
        foreach (var at in (int[])[0, bytes.Length / 2, bytes.Length - 1])
        {
            var flipped = bytes.ToArray();
            flipped[at] ^= 1;
            await File.WriteAllBytesAsync(log, flipped);
            Assert.NotEqual(0, await OpenSsl.VerifyCms(Folder(export)));
            Assert.NotNull((await Verify(export)).Fault);
        }
    }

    [Fact]
    public async Task One_organizations_export_holds_its_chain_and_the_proof_that_the_checkpoint_signed_it()
    {
        var node = await SomeLog();

        var export = await Made(node, "acme");

        Assert.Contains("proof.json", export.Files!);
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder(export), "audit.jsonl"));
        Assert.All(lines, line => Assert.Contains("\"chain\":\"org:acme\"", line, StringComparison.Ordinal));

        // With the entry that tells of this very export.
        Assert.Equal(5, lines.Length);
        Assert.Contains(export.Id.ToString(), lines[^1], StringComparison.Ordinal);
        Assert.Contains("\"action\":\"EXECUTE\"", lines[^1], StringComparison.Ordinal);
        Assert.Contains("entries of other chains", await File.ReadAllTextAsync(Path.Combine(Folder(export), "manifest.json")), StringComparison.Ordinal);
        var verdict = await Verify(export);
        Assert.Null(verdict.Fault);
        Assert.Equal((1, 5L, "org:acme"), (verdict.Chains, verdict.Entries, verdict.Chain));
        Assert.Equal(0, await OpenSsl.VerifyCms(Folder(export)));
        Assert.True(Node.Admitted(await node.AuditLog.Verify()).Valid);
    }

    [Fact]
    public async Task Whoever_takes_a_copy_of_the_whole_log_is_in_the_log_and_asks_twice_for_one()
    {
        var node = await SomeLog();
        var exports = node.Get<IAuditExports>();
        var call = Installation.Call() with { IdempotencyKey = "copy-1" };

        var first = Node.Admitted(await exports.Start(null, new ExportAuditLog(), call));
        var second = Node.Admitted(await exports.Start(null, new ExportAuditLog(), call));

        Assert.Equal(first.Id, second.Id);
        var entry = Assert.Single(Node.Admitted(await node.AuditLog.Query(new AuditQuery(ResourceId: "audit_log"))).Items);
        Assert.Equal(("ring:default", AuditAction.Execute, AuditResource.Config), (entry.Chain, entry.Action, entry.ResourceType));
        Assert.Equal(first.Id.ToString(), entry.Details["export"]);
    }

    [Fact]
    public async Task What_is_written_after_the_checkpoint_is_in_the_next_export()
    {
        var node = await SomeLog();
        await Made(node, null);
        await node.NewKey("acme");
        await node.NewClient("newcomer");

        var export = await Made(node, null);

        Assert.Equal((15L, 2L), (export.EntriesDone, export.Checkpoint!.Value));
        Assert.Null((await Verify(export)).Fault);
    }

    [Theory]
    [InlineData("action")]
    [InlineData("actor id")]
    [InlineData("actor type")]
    [InlineData("chain")]
    [InlineData("details")]
    [InlineData("hash")]
    [InlineData("org")]
    [InlineData("prev_hash")]
    [InlineData("request_id")]
    [InlineData("resource_id")]
    [InlineData("resource_type")]
    [InlineData("seq")]
    [InlineData("source")]
    [InlineData("status")]
    [InlineData("time")]
    public async Task A_changed_field_is_named_with_its_line(string field)
    {
        var export = await Made(await SomeLog(), null);
        Edit(export, "audit.jsonl", lines =>
        {
            var entry = AuditLine.Parse(Encoding.UTF8.GetBytes(lines[2]))!;
            lines[2] = Encoding.UTF8.GetString(AuditForm.Line(field switch
            {
                "action" => entry with { Action = AuditAction.Delete },
                "actor id" => entry with { Actor = entry.Actor with { Id = "nobody" } },
                "actor type" => entry with { Actor = entry.Actor with { Type = ActorType.System } },
                "chain" => entry with { Chain = "org:acmf" },
                "details" => entry with { Details = new Dictionary<string, string> { ["a"] = "b" } },
                "hash" => entry with { Hash = new string('0', 64) },
                "org" => entry with { Org = null },
                "prev_hash" => entry with { PrevHash = new string('0', 64) },
                "request_id" => entry with { RequestId = "another" },
                "resource_id" => entry with { ResourceId = "another" },
                "resource_type" => entry with { ResourceType = AuditResource.Policy },
                "seq" => entry with { Seq = 7 },
                "source" => entry with { Source = "192.0.2.2" },
                "status" => entry with { Status = AuditStatus.Failure },
                _ => entry with { Time = entry.Time.AddSeconds(1) },
            }));
        });

        var fault = (await Verify(export)).Fault;

        Assert.Equal(("audit.jsonl", 3L, "org:acme", 3L), (fault?.File, fault?.Line, fault?.Chain, fault?.Seq));
    }

    [Theory]
    [InlineData("deleted row", "audit.jsonl", 3L, "org:acme", 3L)]
    [InlineData("deleted tail", "audit.jsonl", 4L, "org:acme", 4L)]
    [InlineData("deleted tail and head", "heads.jsonl", null, null, null)]
    [InlineData("deleted rows", "audit.jsonl", 8L, "ring:default", 2L)]
    [InlineData("deleted end of file", "audit.jsonl", 9L, "ring:default", 3L)]
    [InlineData("deleted chain", "audit.jsonl", 1L, "org:acme", 1L)]
    [InlineData("swapped", "audit.jsonl", 2L, "org:acme", 2L)]
    [InlineData("inserted", "audit.jsonl", 4L, "org:acme", 4L)]
    [InlineData("foreign chain", "audit.jsonl", 5L, "org:acmf", 1L)]
    [InlineData("not ours", "audit.jsonl", 2L, null, null)]
    [InlineData("empty line", "audit.jsonl", 5L, null, null)]
    [InlineData("torn", "audit.jsonl", 11L, null, null)]
    [InlineData("mac", "audit.jsonl.p7s", null, null, null)]
    [InlineData("signature", "audit.jsonl.p7s", null, null, null)]
    [InlineData("checkpoint", "checkpoint.txt", null, null, null)]
    [InlineData("no checkpoint", "checkpoint.txt", null, null, null)]
    [InlineData("no signature", "audit.jsonl.p7s", null, null, null)]
    [InlineData("head changed", "heads.jsonl", null, null, null)]
    [InlineData("heads swapped", "heads.jsonl", 2L, "org:acme", null)]
    [InlineData("heads garbage", "heads.jsonl", 1L, null, null)]
    public async Task Tampering_with_files_is_named_with_its_place(string how, string file, long? line, string? chain, long? seq)
    {
        var export = await Made(await SomeLog(), null);
        Edit(export, "audit.jsonl", lines =>
        {
            switch (how)
            {
                case "deleted row": lines.RemoveAt(2); break;
                case "deleted tail" or "deleted tail and head": lines.RemoveAt(3); break;
                case "deleted rows": lines.RemoveRange(7, 2); break;
                case "deleted end of file": lines.RemoveRange(8, 2); break;
                case "deleted chain": lines.RemoveRange(0, 4); break;
                case "swapped": (lines[1], lines[2]) = (lines[2], lines[1]); break;
                case "inserted": lines.Insert(3, lines[2]); break;
                case "foreign chain": lines.Insert(4, lines[0].Replace("org:acme", "org:acmf", StringComparison.Ordinal)); break;
                case "not ours": lines[1] = " " + lines[1]; break;
                case "empty line": lines.Insert(4, ""); break;
                case "mac": lines[2] = lines[2].Replace("\"mac\":\"", "\"mac\":\"0", StringComparison.Ordinal); break;
            }
        });
        Edit(export, "heads.jsonl", lines =>
        {
            if (how == "deleted tail and head")
                lines[0] = Encoding.UTF8.GetString(new ChainHead("org:acme", new AuditHead(3, new string('1', 64))).Leaf());
            else if (how == "head changed")
                lines[1] = lines[1].Replace("\"seq\":1", "\"seq\":2", StringComparison.Ordinal).Replace("\"hash\":\"", "\"hash\":\"0", StringComparison.Ordinal);
            else if (how == "heads swapped")
                (lines[0], lines[1]) = (lines[1], lines[0]);
            else if (how == "heads garbage")
                lines[0] += " ";
        });
        var folder = Folder(export);
        if (how == "torn")
            await File.WriteAllBytesAsync(Path.Combine(folder, "audit.jsonl"), (await File.ReadAllBytesAsync(Path.Combine(folder, "audit.jsonl")))[..^1]);
        if (how is "signature")
            await File.WriteAllBytesAsync(Path.Combine(folder, "audit.jsonl.p7s"), [.. (await File.ReadAllBytesAsync(Path.Combine(folder, "audit.jsonl.p7s")))[..^1], 0]);
        if (how is "checkpoint")
            Edit(export, "checkpoint.txt", lines => lines[1] = "4");
        if (how.StartsWith("no ", StringComparison.Ordinal) && file != "audit.jsonl")
            File.Delete(Path.Combine(folder, file));

        var fault = (await Verify(export)).Fault;

        Assert.Equal((file, line, chain, seq), (fault?.File, fault?.Line, fault?.Chain, fault?.Seq));
    }

    [Theory]
    [InlineData("another leaf")]
    [InlineData("another path")]
    [InlineData("another checkpoint")]
    [InlineData("no proof")]
    [InlineData("not ours")]
    public async Task A_proof_of_something_else_proves_nothing(string how)
    {
        var node = await SomeLog();
        var (acme, other) = (await Made(node, "acme"), await Made(node, "other"));
        string Proof(AuditExport export) => Path.Combine(Folder(export), "proof.json");
        switch (how)
        {
            case "another leaf": File.Copy(Path.Combine(Folder(other), "heads.jsonl"), Path.Combine(Folder(acme), "heads.jsonl"), overwrite: true); break;
            case "another path": File.Copy(Proof(other), Proof(acme), overwrite: true); break;
            case "another checkpoint": File.Copy(Path.Combine(Folder(other), "checkpoint.txt"), Path.Combine(Folder(acme), "checkpoint.txt"), overwrite: true); break;
            case "no proof": File.Delete(Proof(acme)); break;
            default: await File.AppendAllTextAsync(Proof(acme), " "); break;
        }

        Assert.Equal(how == "no proof" ? "heads.jsonl" : "proof.json", (await Verify(acme)).Fault?.File);
    }

    [Fact]
    public async Task Another_certificate_verifies_nothing()
    {
        var export = await Made(await SomeLog(), null);

        var verdict = await new ExportVerification(Folder(export), [Protection.Certificates.NewAuditSigner().Certificate], _ => { }).Run();

        Assert.Equal("checkpoint.txt: The checkpoint is not signed by the audit certificate.", verdict.Fault?.ToString());
    }

    [Fact]
    public async Task A_log_that_does_not_verify_is_not_signed()
    {
        var node = await SomeLog();
        var store = new FaultyStore(installation.Journal)
        {
            Audit = new TamperedAudit(installation.Journal.Audit) { Entries = entries => entries.SetItem(1, entries[1] with { Source = "elsewhere" }) },
        };
        var writer = new ExportWriter(store, Installation.AuditKey, installation.Proofs, installation.NewCheckpoints(store), installation.Clock);

        var written = await writer.Write(Waiting(), _ => ValueTask.CompletedTask, default);

        Assert.Equal("The audit log does not verify: org:acme, 2: The entry's content does not have its hash.", written.Refusal?.Message);
        Assert.Empty(Directory.GetDirectories(installation.ExportDirectory));
        Assert.True(Node.Admitted(await node.AuditLog.Verify()).Valid);
    }

    [Fact]
    public async Task What_is_written_between_checkpoint_and_copy_is_not_in_the_copy()
    {
        var node = await SomeLog();
        var store = new FaultyStore(installation.Journal)
        {
            Audit = new TamperedAudit(installation.Journal.Audit)
            {
                Meanwhile = async () =>
                {
                    await node.NewKey("acme");
                    await node.NewClient("newcomer");
                },
            },
        };
        var writer = new ExportWriter(store, Installation.AuditKey, installation.Proofs, installation.NewCheckpoints(store), installation.Clock);

        var written = Node.Admitted(await writer.Write(Waiting(), _ => ValueTask.CompletedTask, default));

        Assert.Equal((10L, 10L), (written.EntriesDone, written.EntriesTotal!.Value));
        Assert.Null((await Verify(written)).Fault);
    }

    [Fact]
    public async Task What_a_process_left_undone_is_declared_failed_at_the_next_start()
    {
        var node = await SomeLog();
        var done = await Made(node, "acme");
        var waiting = Node.Admitted(await node.Get<IAuditExports>().Start(null, new ExportAuditLog(), Installation.Call()));
        var running = waiting with { Id = Guid.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301"), Status = AuditExportStatus.Running };
        await installation.Journal.Exports.Save(running, default);
        var elsewhere = running with { Id = Guid.Parse("7c9e6679-7425-40de-944b-e07fc1f90ae7"), Node = "another" };
        await installation.Journal.Exports.Save(elsewhere, default);
        installation.Proofs.Exports.Begin(running.RequestedAt, running.Id).Create("audit.jsonl").Dispose();

        installation.Restart();
        var next = installation.NewNode();
        using var worker = await Worker(next);

        await Until(async () =>
            (await installation.Journal.Exports.Load(waiting.Id, default))!.Status == AuditExportStatus.Failed
            && (await installation.Journal.Exports.Load(running.Id, default))!.Status == AuditExportStatus.Failed);
        Assert.Equal(AuditExportStatus.Running, Node.Admitted(await next.Get<IAuditExports>().Get(elsewhere.Id)).Status);
        Assert.Equal("The server stopped before it was made.", Node.Admitted(await next.Get<IAuditExports>().Get(running.Id)).Problem);
        Assert.Equal(AuditExportStatus.Completed, Node.Admitted(await next.Get<IAuditExports>().Get(done.Id)).Status);
        Assert.Empty(Directory.GetDirectories(installation.ExportDirectory, ".*"));
    }

    [Fact]
    public async Task Bad_orders_are_refused_and_repeated_ones_are_one()
    {
        var node = await SomeLog();
        var exports = node.Get<IAuditExports>();

        Assert.Equal(ErrorCode.NotFound, (await exports.Start(OrgSlug.Parse("nobody"), new ExportAuditLog(), Installation.Call())).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await exports.Get(Guid.Empty)).Refusal?.Code);
        var stamped = (await exports.Start(null, new ExportAuditLog(Timestamp: true), Installation.Call())).Refusal!;
        Assert.Equal(("timestamp", "not_configured"), (stamped.Fields[0].Field, stamped.Fields[0].Rule));

        var first = Node.Admitted(await exports.Start(OrgSlug.Parse("acme"), new ExportAuditLog(), Installation.Call("key-1")));
        var again = Node.Admitted(await exports.Start(OrgSlug.Parse("acme"), new ExportAuditLog(), Installation.Call("key-1")));
        Assert.Equal(first.Id, again.Id);
        Assert.Single(Node.Admitted(await exports.List(new PageRequest())).Items);
    }

    [Theory]
    [InlineData("../../audit.key")]
    [InlineData("/etc/passwd")]
    [InlineData("audit.jsonl/")]
    [InlineData("AUDIT.JSONL")]
    [InlineData("proof.json")]
    [InlineData("")]
    public async Task Only_an_exports_own_files_can_be_opened(string file)
    {
        var node = await SomeLog();
        var export = await Made(node, null);
        await using var log = Node.Admitted(await node.Get<IAuditExports>().Open(export.Id, "audit.jsonl"));

        Assert.True(log.Length > 1000);
        Assert.Equal(ErrorCode.NotFound, (await node.Get<IAuditExports>().Open(export.Id, file)).Refusal?.Code);
    }

    [Fact]
    public async Task Exports_are_listed_by_pages_newest_first()
    {
        var node = await SomeLog();
        var exports = node.Get<IAuditExports>();
        var all = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            installation.Clock.Advance(TimeSpan.FromSeconds(i % 2));
            all.Add(Node.Admitted(await exports.Start(null, new ExportAuditLog(), Installation.Call())).Id);
        }

        var shown = new List<AuditExport>();
        string? cursor = null;
        do
        {
            var page = Node.Admitted(await exports.List(new PageRequest(cursor, 2)));
            shown.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(all.Order(), shown.Select(export => export.Id).Order());
        Assert.Equal(shown.OrderByDescending(export => export.RequestedAt).Select(export => export.RequestedAt), shown.Select(export => export.RequestedAt));
        foreach (var foreign in (string[])["", "x", "AAAA", "MSAz", "OTk5OTk5OTk5OTk5OTk5OTk5OSAzZjI1MDRlMC00Zjg5LTQxZDMtOWEwYy0wMzA1ZTgyYzMzMDE"])
            Assert.Equal("cursor", (await exports.List(new PageRequest(foreign))).Refusal?.Fields[0].Field);
    }

    [Fact]
    public async Task A_real_authoritys_time_stamp_is_kept_and_OpenSSL_accepts_it()
    {
        using var authority = new OpenSslAuthority();
        var node = await SomeLog(authority.Client());

        var export = await Made(node, null, timestamp: true);

        Assert.Equal((AuditTimestampStatus.Stamped, (string?)null), (export.Timestamp, export.Problem));
        Assert.Contains("audit.jsonl.tsr", export.Files!);
        var verdict = await Verify(export);
        Assert.Null(verdict.Fault);
        Assert.NotNull(verdict.StampedAt);
        Assert.Equal(0, await OpenSsl.Run("ts", "-verify", "-data", Path.Combine(Folder(export), "audit.jsonl"), "-in", Path.Combine(Folder(export), "audit.jsonl.tsr"), "-CAfile", authority.Certificate));

        var other = await Made(node, "acme", timestamp: true);
        File.Copy(Path.Combine(Folder(other), "audit.jsonl.tsr"), Path.Combine(Folder(export), "audit.jsonl.tsr"), overwrite: true);
        Assert.Equal("audit.jsonl.tsr", (await Verify(export)).Fault?.File);
        await File.WriteAllBytesAsync(Path.Combine(Folder(export), "audit.jsonl.tsr"), [0x30, 0x80]);
        Assert.Equal("audit.jsonl.tsr", (await Verify(export)).Fault?.File);
    }

    [Theory]
    [InlineData("garbage", "The time-stamping authority refused, or answered something else.")]
    [InlineData("replayed", "The time-stamping authority refused, or answered something else.")]
    [InlineData("error", "The time-stamping authority did not answer.")]
    [InlineData("closed", "The time-stamping authority did not answer.")]
    public async Task An_export_without_its_time_stamp_is_still_made_and_says_so(string how, string problem)
    {
        using var authority = new OpenSslAuthority(how);
        var node = await SomeLog(authority.Client());

        var export = await Made(node, null, timestamp: true);

        Assert.Equal((AuditExportStatus.Completed, AuditTimestampStatus.Failed, problem), (export.Status, export.Timestamp, export.Problem));
        Assert.DoesNotContain("audit.jsonl.tsr", export.Files!);
        Assert.Null((await Verify(export)).Fault);
    }

    private string Folder(AuditExport export) => Path.Combine(
        installation.ExportDirectory, export.RequestedAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), export.Id.ToString());

    private Task<ExportVerdict> Verify(AuditExport export) =>
        new ExportVerification(Folder(export), [installation.Proofs.Signer.Certificate], _ => { }).Run();

    private static AuditExport Waiting() => new(
        Guid.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301"), null, Installation.Start, AuditExportStatus.Waiting, AuditTimestampStatus.NotRequested);

    /// <summary>Chain org:acme with four entries, org:other with two, the default ring with four.</summary>
    private async Task<Node> SomeLog(ITimestampAuthority? authority = null)
    {
        installation.Timestamps = authority;
        var node = await installation.StartNode();
        await node.NewClient();
        await node.NewKey("acme");
        await node.NewKey("acme");
        await node.NewClient("other");
        return node;
    }

    private async Task<AuditExport> Made(Node node, string? org, bool timestamp = false)
    {
        var export = Node.Admitted(await node.Get<IAuditExports>().Start(
            org is null ? null : OrgSlug.Parse(org), new ExportAuditLog(timestamp), Installation.Call()));
        using var worker = await Worker(node);
        await Until(async () => (await installation.Journal.Exports.Load(export.Id, default))!.Status is AuditExportStatus.Completed or AuditExportStatus.Failed);
        await worker.StopAsync(default);
        return Node.Admitted(await node.Get<IAuditExports>().Get(export.Id));
    }

    private async Task<ExportWorker> Worker(Node node)
    {
        var worker = new ExportWorker(
            installation.Journal, installation.Proofs, node.Get<ExportWriter>(), node.Get<ExportQueue>(), NodeId.Parse("tumbler"), NullLogger<ExportWorker>.Instance);
        await worker.StartAsync(default);
        return worker;
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        while (!await holds())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
    }

    private void Edit(AuditExport export, string file, Action<List<string>> edit)
    {
        var path = Path.Combine(Folder(export), file);
        var lines = File.ReadAllText(path).Split('\n').ToList();
        lines.RemoveAt(lines.Count - 1);
        edit(lines);
        File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));
    }
}
