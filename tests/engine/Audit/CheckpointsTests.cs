using System.Text;
using Tumbler.Contracts.Audit;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Store;
using Tumbler.Engine.Tests.Store;

namespace Tumbler.Engine.Tests.Audit;

public sealed class CheckpointsTests : IDisposable
{
    private readonly Installation installation = new();
    private readonly TamperedAudit audit;
    private readonly FaultyStore tampered;

    public CheckpointsTests()
    {
        audit = new TamperedAudit(installation.Journal.Audit);
        tampered = new FaultyStore(installation.Journal) { Audit = audit };
    }

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task Checkpoints_are_signed_numbered_and_linked_and_the_log_verifies_with_them()
    {
        var node = await SomeLog();
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await installation.NewCheckpoints().Make(default));
            await node.NewKey("acme");
        }

        var notes = await Notes();
        Assert.Equal([1, 2, 3], notes.Select(note => note.Number));
        var checkpoints = notes.Select(note => Checkpoint.Parse(note.Note[..(note.Note.IndexOf("\n\n", StringComparison.Ordinal) + 1)])!).ToArray();
        Assert.All(checkpoints, checkpoint => Assert.Equal(("issuer.example/audit", 2L, Installation.Start), (checkpoint.Origin, checkpoint.Size, checkpoint.Time)));
        Assert.Equal(Checkpoint.Link(notes[1].Note), checkpoints[2].Previous.ToArray());
        Assert.Equal(new AuditVerdict(true, 2, await Entries(), null, Checkpoints: 3), await Verify());
    }

    [Fact]
    public async Task Nothing_new_is_not_signed_again_and_an_empty_log_not_at_all()
    {
        Assert.Null(await installation.NewCheckpoints().Make(default));
        Assert.Empty(await Notes());
        await SomeLog();

        for (var i = 0; i < 3; i++)
            Assert.Null(await installation.NewCheckpoints().Make(default));

        Assert.Single(await Notes());
    }

    [Fact]
    public async Task Nodes_that_make_one_at_once_make_one()
    {
        await SomeLog();

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => installation.NewCheckpoints().Make(default)))), Assert.Null);

        Assert.Single(await Notes());
        Assert.True((await Verify()).Valid);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public async Task A_tail_cut_off_with_the_owner_rolled_back_is_missed_by_the_checkpoint_alone(int left)
    {
        await SomeLog();
        await installation.NewCheckpoints().Make(default);
        RollBack(left);

        var verdict = await Verify();

        Assert.Equal((false, "org:acme", left + 1), (verdict.Valid, verdict.FirstFault!.Chain, (int)verdict.FirstFault.Seq));
        Assert.Equal("The entry is missing: the last checkpoint signed entry 6.", verdict.FirstFault.Problem);
    }

    [Fact]
    public async Task A_log_that_was_rolled_back_gets_no_checkpoint_that_would_hide_it()
    {
        await SomeLog();
        await installation.NewCheckpoints().Make(default);
        RollBack(3);

        var fault = await installation.NewCheckpoints(tampered).Make(default);

        Assert.Equal(("org:acme", 6), (fault?.Chain, (int)fault!.Seq));
        Assert.Single(await Notes());
        Assert.Contains(installation.Log.Lines, line => line.Text.Contains("changed by hand", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_that_was_rolled_back_and_written_anew_gets_none_either()
    {
        var node = await SomeLog();
        await installation.NewCheckpoints().Make(default);
        await node.NewKey("acme");

        // As long as before and longer, but another sixth entry.
        audit.Entries = entries => entries.SetItem(5, entries[5] with { Hash = new string('1', 64) });

        Assert.Equal(("org:acme", 6), await Faulty(installation.NewCheckpoints(tampered).Make(default)));
    }

    [Fact]
    public async Task An_owner_that_vanished_is_missed()
    {
        await SomeLog();
        await installation.NewCheckpoints().Make(default);
        audit.Ends = ends => ends.Chain == "org:acme" ? ends with { Owner = null } : ends;
        audit.Entries = _ => [];

        Assert.Equal((false, "org:acme"), ((await Verify()).Valid, (await Verify()).FirstFault!.Chain));
        Assert.Equal(("org:acme", 6), await Faulty(installation.NewCheckpoints(tampered).Make(default)));
    }

    [Theory]
    [InlineData("signature", 2)]
    [InlineData("root", 2)]
    [InlineData("number", 2)]
    [InlineData("first removed", 1)]
    [InlineData("middle removed", 2)]
    [InlineData("last removed", 2)]
    [InlineData("all removed", 1)]
    [InlineData("swapped", 1)]
    [InlineData("kept head changed", 3)]
    [InlineData("kept head removed", 3)]
    [InlineData("another's", 2)]
    [InlineData("rewritten by a thief of the key", 3)]
    public async Task A_changed_checkpoint_is_found_and_no_other_is_put_on_it(string how, int expected)
    {
        var node = await SomeLog();
        for (var i = 0; i < 3; i++)
        {
            await node.NewKey("acme");
            await installation.NewCheckpoints().Make(default);
        }

        var notes = await Notes();
        audit.Checkpoint = stored => (how, stored.Number) switch
        {
            ("signature", 2) => stored with { Note = Flip(stored.Note, stored.Note.Length - 20) },
            ("root", 2) => stored with { Note = Flip(stored.Note, stored.Note.IndexOf("\n2\n", StringComparison.Ordinal) + 5) },
            ("number", 2) => stored with { Note = stored.Note.Replace("number 2", "number 3", StringComparison.Ordinal) },
            ("rewritten by a thief of the key", 2) => stored with
            {
                Note = SignedCheckpoint.Sign(
                    Checkpoint.Parse(stored.Note[..(stored.Note.IndexOf("\n\n", StringComparison.Ordinal) + 1)])! with { Size = 7 }, installation.Proofs.Signer).Note,
            },
            ("another's", 2) => stored with { Note = notes[2].Note },
            ("first removed", 1) or ("middle removed", 2) or ("last removed", 3) or ("all removed", _) => null,
            ("swapped", 1) => stored with { Note = notes[1].Note },
            ("swapped", 2) => stored with { Note = notes[0].Note },
            _ => stored,
        };
        audit.Ends = ends => (how, ends.Chain) switch
        {
            ("kept head changed", "org:acme") => ends with { Signed = ends.Signed! with { Seq = 2 } },
            ("kept head removed", "org:acme") => ends with { Signed = null },
            _ => ends,
        };

        var verdict = await Verify();

        Assert.Equal((false, CheckpointChain.Name, expected), (verdict.Valid, verdict.FirstFault?.Chain, (int)verdict.FirstFault!.Seq));
        if (how is "last removed" or "all removed" or "kept head changed" or "kept head removed")
            Assert.NotNull(await installation.NewCheckpoints(tampered).Make(default));
    }

    [Fact]
    public async Task A_certificate_that_signed_before_goes_on_verifying_what_it_signed()
    {
        var node = await SomeLog();
        await installation.NewCheckpoints().Make(default);
        await node.NewKey("acme");
        var next = Protection.Certificates.NewAuditSigner();
        var renewed = installation.Proofs with { Signer = next };
        var keeping = new AuditProofs(next, "other.example/audit", [installation.Proofs.Signer.Certificate], installation.Proofs.Exports, null);

        Assert.Equal((CheckpointChain.Name, 1), await Faulty(Checkpoints(renewed).Make(default)));
        Assert.Null(await Checkpoints(keeping).Make(default));

        var verdict = Node.Admitted(await new AuditLog(installation.Journal, Installation.AuditKey, keeping, Microsoft.Extensions.Logging.Abstractions.NullLogger<AuditLog>.Instance).Verify());
        Assert.Equal((true, 2), (verdict.Valid, verdict.Checkpoints));

        Checkpoints Checkpoints(AuditProofs proofs) => new(installation.Journal, proofs, installation.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<Checkpoints>.Instance);
    }

    [Fact]
    public async Task The_pulse_makes_one_every_five_minutes_when_something_changed()
    {
        var node = await SomeLog();
        using var pulse = new CheckpointPulse(installation.NewCheckpoints(), installation.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<CheckpointPulse>.Instance);
        await pulse.StartAsync(default);
        await Until(() => Task.FromResult(installation.Clock.Timers.Exists(timer => timer.Period == TimeSpan.FromMinutes(5))));

        for (var number = 1; number <= 3; number++)
        {
            installation.Clock.Advance(TimeSpan.FromMinutes(5));
            await Until(async () => (await Notes()).Count == number);
            await node.NewKey("acme");
        }

        await pulse.StopAsync(default);
    }

    /// <summary>One ring and one organisation, with six entries of its own.</summary>
    private async Task<Node> SomeLog()
    {
        var node = await installation.StartNode();
        await node.NewClient();
        for (var i = 0; i < 4; i++)
            await node.NewKey("acme");
        return node;
    }

    /// <summary>As somebody who may write everything but has no key would do it.</summary>
    private void RollBack(int left)
    {
        AuditHead? head = null;
        audit.Entries = entries =>
        {
            head = new AuditHead(left, entries[left - 1].Hash);
            return entries.RemoveRange(left, entries.Count - left);
        };
        var entries = installation.Journal.Audit.Read("org:acme", default).ToBlockingEnumerable().ToArray();
        head = new AuditHead(left, entries[left - 1].Hash);
        audit.Ends = ends => ends.Chain == "org:acme" ? ends with { Owner = head } : ends;
    }

    private static string Flip(string text, int at) => text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];

    private static async Task<(string?, int)> Faulty(Task<AuditFault?> made)
    {
        var fault = await made;
        return (fault?.Chain, (int)(fault?.Seq ?? 0));
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        while (!await holds())
            await Task.Yield();
    }

    private async Task<IReadOnlyList<StoredCheckpoint>> Notes()
    {
        await using var view = await installation.Journal.Audit.View(default);
        return await view.Checkpoints(default).ToListAsync();
    }

    private async Task<long> Entries()
    {
        await using var view = await installation.Journal.Audit.View(default);
        return await view.Entries(null, default).CountAsync();
    }

    private async Task<AuditVerdict> Verify() => Node.Admitted(await installation.NewAuditLog(tampered).Verify());
}
