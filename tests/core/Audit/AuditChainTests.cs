using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public class AuditChainTests
{
    private const string Chain = "org:acme";

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Key = [.. "the audit key of these tests ....."u8];
    private static readonly byte[] ForgersKey = [.. "another audit key, of a forger ..."u8];

    private static readonly CallContext Call = new(new Actor(ActorType.Administrator, "bootstrap"), "q-1", "192.0.2.1");

    [Fact]
    public void Entries_are_numbered_from_one_and_hold_each_others_hashes()
    {
        var (first, head) = AuditChain.Append(Chain, AuditHead.Empty, [Draft(1), Draft(2)], Call, Now, new AuditKey(Key));
        var (second, end) = AuditChain.Append(Chain, head, [Draft(3)], Call, Now.AddSeconds(1), new AuditKey(Key));
        AuditEntry[] entries = [.. first, .. second];

        Assert.Equal([1, 2, 3], entries.Select(entry => entry.Seq));
        Assert.Equal([new string('0', 64), entries[0].Hash, entries[1].Hash], entries.Select(entry => entry.PrevHash));
        Assert.Equal(new AuditHead(3, entries[2].Hash), end);
        Assert.Null(AuditChain.Verify(Chain, entries, end, new AuditKey(Key)));
    }

    [Fact]
    public void An_entry_says_who_did_what_when_and_from_where()
    {
        var entry = Entries(1)[0];
        Assert.Equal(
            (Call.Actor, "q-1", "192.0.2.1", "acme", AuditAction.Update, AuditResource.ApiKey, "k-0", AuditStatus.Success),
            (entry.Actor, entry.RequestId, entry.Source, entry.Org, entry.Action, entry.ResourceType, entry.ResourceId, entry.Status));
        Assert.Equal("0", entry.Details["number"]);
    }

    [Fact]
    public void A_time_is_recorded_in_whole_milliseconds_of_utc()
    {
        var now = new DateTimeOffset(2026, 11, 21, 11, 0, 0, 1, TimeSpan.FromHours(2)).AddTicks(9_999);
        var (entries, _) = AuditChain.Append(Chain, AuditHead.Empty, [Draft(1)], Call, now, new AuditKey(Key));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 9, 0, 0, 1, TimeSpan.Zero), entries[0].Time);
        Assert.Equal(TimeSpan.Zero, entries[0].Time.Offset);
    }

    [Fact]
    public void A_draft_with_a_cause_and_a_time_of_its_own_keeps_them()
    {
        var cause = new CallContext(Actor.Anonymous, "q-9", "198.51.100.7");
        var (entries, head) = AuditChain.Append(
            Chain, AuditHead.Empty, [Draft(1) with { Cause = cause, At = Now.AddHours(-1).AddTicks(1) }, Draft(2)], Call, Now, new AuditKey(Key));

        Assert.Equal((Actor.Anonymous, "q-9", "198.51.100.7", Now.AddHours(-1)), (entries[0].Actor, entries[0].RequestId, entries[0].Source, entries[0].Time));
        Assert.Equal((Call.Actor, "q-1", Now), (entries[1].Actor, entries[1].RequestId, entries[1].Time));
        Assert.Null(AuditChain.Verify(Chain, entries, head, new AuditKey(Key)));
    }

    [Fact]
    public void What_a_draft_said_cannot_be_changed_through_it_afterwards()
    {
        var details = new Dictionary<string, string> { ["name"] = "before" };
        var (entries, head) = AuditChain.Append(Chain, AuditHead.Empty, [Draft(1) with { Details = details }], Call, Now, new AuditKey(Key));
        details["name"] = "after";
        Assert.Null(AuditChain.Verify(Chain, entries, head, new AuditKey(Key)));
    }

    [Fact]
    public void Hash_and_mac_can_be_computed_by_anyone_who_reads_the_documentation()
    {
        var entry = Entries(1)[0];
        Assert.Equal(Sealed(entry, Key), entry);
    }

    [Fact]
    public void Nothing_appended_leaves_the_head() =>
        Assert.Equal(AuditHead.Empty, AuditChain.Append(Chain, AuditHead.Empty, [], Call, Now, new AuditKey(Key)).Head);

    [Fact]
    public void An_empty_chain_verifies() => Assert.Null(AuditChain.Verify(Chain, [], AuditHead.Empty, new AuditKey(Key)));

    /// <summary>Each change of one field of the entry, without and with its hash made to fit.</summary>
    public static TheoryData<string, Func<AuditEntry, AuditEntry>> FieldChanges => new()
    {
        { "time", entry => entry with { Time = entry.Time.AddMilliseconds(1) } },
        { "time by a tick", entry => entry with { Time = entry.Time.AddTicks(1) } },
        { "org", entry => entry with { Org = "acme2" } },
        { "org removed", entry => entry with { Org = null } },
        { "actor id", entry => entry with { Actor = entry.Actor with { Id = "x" } } },
        { "actor type", entry => entry with { Actor = entry.Actor with { Type = ActorType.System } } },
        { "action", entry => entry with { Action = AuditAction.Delete } },
        { "resource type", entry => entry with { ResourceType = AuditResource.Ring } },
        { "resource id", entry => entry with { ResourceId = "x" } },
        { "status", entry => entry with { Status = AuditStatus.Failure } },
        { "request id", entry => entry with { RequestId = "x" } },
        { "source", entry => entry with { Source = "x" } },
        { "source not text", entry => entry with { Source = "" + '\udc00' } },
        { "detail changed", entry => entry with { Details = new Dictionary<string, string> { ["number"] = "x" } } },
        { "detail removed", entry => entry with { Details = new Dictionary<string, string>() } },
        { "detail added", entry => entry with { Details = new Dictionary<string, string>(entry.Details) { ["x"] = "" } } },
    };

    [Theory]
    [MemberData(nameof(FieldChanges), DisableDiscoveryEnumeration = true)]
    public void A_changed_field_is_found(string field, Func<AuditEntry, AuditEntry> change)
    {
        var entries = Entries(5);
        entries[2] = change(entries[2]);
        AssertFault(field, 3, entries);
    }

    [Theory]
    [MemberData(nameof(FieldChanges), DisableDiscoveryEnumeration = true)]
    public void A_changed_field_is_found_although_every_later_hash_was_made_to_fit(string field, Func<AuditEntry, AuditEntry> change)
    {
        if (field == "source not text")
            return;
        var entries = Entries(5);
        entries[2] = change(entries[2]);
        for (var i = 2; i < entries.Length; i++)
        {
            var mac = entries[i].Mac;
            entries[i] = Sealed(entries[i] with { PrevHash = entries[i - 1].Hash }, ForgersKey) with { Mac = mac };
        }

        AssertFault(field, 3, entries, new AuditHead(5, entries[4].Hash));
    }

    public static TheoryData<string, long, Func<AuditEntry[], AuditEntry[]>> RowChanges => new()
    {
        { "first row deleted", 1, entries => entries[1..] },
        { "row deleted", 3, entries => [.. entries[..2], .. entries[3..]] },
        { "last row deleted", 5, entries => entries[..4] },
        { "tail deleted", 3, entries => entries[..2] },
        { "everything deleted", 1, _ => [] },
        { "rows swapped", 2, entries => [entries[0], entries[2], entries[1], .. entries[3..]] },
        { "first rows swapped", 1, entries => [entries[1], entries[0], .. entries[2..]] },
        { "row doubled", 4, entries => [.. entries[..3], entries[2], .. entries[3..]] },
        { "last row doubled", 6, entries => [.. entries, entries[4]] },
        { "row inserted", 3, entries => [.. entries[..2], Forged(entries[1], ForgersKey), .. entries[2..]] },
        { "row appended with another key", 6, entries => [.. entries, Forged(entries[4], ForgersKey)] },
        { "row appended with the key", 6, entries => [.. entries, Forged(entries[4], Key)] },
        { "two rows appended with the key", 6, entries => [.. entries, Forged(entries[4], Key), Forged(Forged(entries[4], Key), Key)] },
        { "rows renumbered over a gap", 3, entries => [.. entries[..2], .. entries[3..].Select(entry => entry with { Seq = entry.Seq - 1 })] },
        { "row of another chain", 3, entries => [.. entries[..2], Sealed(entries[2] with { Chain = "org:acme2" }, Key), .. entries[3..]] },
        { "hash changed", 3, entries => Change(entries, 2, entry => entry with { Hash = Flip(entry.Hash) }) },
        { "hash in capitals", 3, entries => Change(entries, 2, entry => entry with { Hash = entry.Hash.ToUpperInvariant() }) },
        { "previous hash changed", 3, entries => Change(entries, 2, entry => entry with { PrevHash = Flip(entry.PrevHash) }) },
        { "mac changed", 3, entries => Change(entries, 2, entry => entry with { Mac = Flip(entry.Mac) }) },
        { "mac cut", 3, entries => Change(entries, 2, entry => entry with { Mac = entry.Mac[..63] }) },
        { "mac emptied", 3, entries => Change(entries, 2, entry => entry with { Mac = "" }) },
        { "mac of another row", 3, entries => Change(entries, 2, entry => entry with { Mac = entries[1].Mac }) },
        { "mac of another key", 3, entries => Change(entries, 2, entry => Sealed(entry, ForgersKey)) },
        { "last row written anew with the key", 5, entries => Change(entries, 4, entry => Sealed(entry with { Source = "x" }, Key)) },
    };

    [Theory]
    [MemberData(nameof(RowChanges), DisableDiscoveryEnumeration = true)]
    public void A_tampered_row_is_found(string kind, long seq, Func<AuditEntry[], AuditEntry[]> tamper)
    {
        var entries = Entries(5);
        AssertFault(kind, seq, tamper(entries), Head(entries));
    }

    [Fact]
    public void A_chain_does_not_pass_under_another_name() =>
        Assert.Equal(1, AuditChain.Verify("org:acme2", Entries(2), Head(Entries(2)), new AuditKey(Key))!.Seq);

    [Fact]
    public void A_chain_does_not_pass_under_another_key() =>
        Assert.Equal(1, AuditChain.Verify(Chain, Entries(2), Head(Entries(2)), new AuditKey(ForgersKey))!.Seq);

    [Fact]
    public void Chains_that_lie_interleaved_are_verified_side_by_side()
    {
        var (a, headA) = AuditChain.Append("org:a", AuditHead.Empty, [Draft(1), Draft(2)], Call, Now, new AuditKey(Key));
        var (b, headB) = AuditChain.Append("org:b", AuditHead.Empty, [Draft(1), Draft(2)], Call, Now, new AuditKey(Key));
        var (ofA, ofB) = (new AuditChainVerifier("org:a", new AuditKey(Key)), new AuditChainVerifier("org:b", new AuditKey(Key)));

        foreach (var entry in (AuditEntry[])[a[0], b[0], b[1], a[1]])
            Assert.Null((entry.Chain == "org:a" ? ofA : ofB).Next(entry));
        Assert.Null(ofA.End(headA));
        Assert.Null(ofB.End(headB));
    }

    [Fact]
    public void An_untouched_chain_passes_and_any_single_tampering_is_found()
    {
        var generator =
            from lengths in Gen.Choose(0, 4).ArrayOf()
            where lengths.Sum() > 0
            from kind in Gen.Choose(0, RowChanges.Count + FieldChanges.Count)
            from at in Gen.Choose(0, lengths.Sum() - 1)
            from other in Gen.Choose(0, lengths.Sum() - 1)
            from texts in ArbMap.Default.GeneratorFor<NonNull<string>>().ArrayOf(lengths.Sum())
            select (lengths, at, other, kind, texts);

        var tampered = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(11, 21),
            Prop.ForAll(generator.ToArbitrary(), history =>
            {
                var (entries, head) = Build(history.lengths, history.texts.Select(text => text.Get).ToArray());
                if (AuditChain.Verify(Chain, entries, head, new AuditKey(Key)) is not null)
                    return false;

                var changed = Tamper(entries, history.kind, history.at, history.other);
                if (changed.SequenceEqual(entries))
                    return true;
                tampered++;
                return AuditChain.Verify(Chain, changed, head, new AuditKey(Key)) is { } fault
                    && fault.Seq >= 1 && fault.Seq <= head.Seq + 1;
            }));
        Assert.InRange(tampered, 1_500, 2_000);
    }

    /// <summary>One of: delete, swap, double, insert, append, cut, flip a digit, change a field.</summary>
    private static AuditEntry[] Tamper(AuditEntry[] entries, int kind, int at, int other)
    {
        var fields = FieldChanges.Select(row => row.Data.Item2).ToArray();
        return kind switch
        {
            0 => [.. entries[..at], .. entries[(at + 1)..]],
            1 => Change(Change(entries, at, _ => entries[other]), other, _ => entries[at]),
            2 => [.. entries[..at], entries[other], .. entries[at..]],
            3 => [.. entries[..at], Forged(entries[other], ForgersKey), .. entries[at..]],
            4 => [.. entries, Forged(entries[^1], Key)],
            5 => entries[..at],
            6 => Change(entries, at, entry => entry with { Hash = Flip(entry.Hash) }),
            7 => Change(entries, at, entry => entry with { Mac = Flip(entry.Mac) }),
            8 => Change(entries, at, entry => entry with { PrevHash = Flip(entry.PrevHash) }),
            9 => Change(entries, at, entry => Sealed(entry, ForgersKey)),
            10 => Change(entries, at, entry => entry with { Seq = entry.Seq + 1 + other }),
            _ => Change(entries, at, entry => fields[kind % fields.Length](entry)),
        };
    }

    /// <summary>A chain of several appends, one for each length.</summary>
    private static (AuditEntry[] Entries, AuditHead Head) Build(int[] lengths, string[] texts)
    {
        var entries = new List<AuditEntry>();
        var head = AuditHead.Empty;
        for (var i = 0; i < lengths.Length; i++)
        {
            var drafts = texts.Skip(entries.Count).Take(lengths[i]).Select((text, n) => Draft(n) with
            {
                Details = new Dictionary<string, string> { ["text"] = Whole(text), ["number"] = n.ToString() },
            });
            var (appended, next) = AuditChain.Append(Chain, head, [.. drafts], Call, Now.AddSeconds(i), new AuditKey(Key));
            entries.AddRange(appended);
            head = next;
        }

        return ([.. entries], head);
    }

    /// <summary>Without half characters, which the input rules let nowhere near the log.</summary>
    private static string Whole(string text) => string.Concat(text.EnumerateRunes());

    /// <summary>Written here from the documentation, not taken from the code under test.</summary>
    private static AuditEntry Sealed(AuditEntry entry, byte[] key)
    {
        var hash = SHA256.HashData(AuditForm.Of(entry));
        return entry with
        {
            Hash = Convert.ToHexStringLower(hash),
            Mac = Convert.ToHexStringLower(HMACSHA256.HashData(key, hash)),
        };
    }

    private static AuditEntry Forged(AuditEntry before, byte[] key) =>
        Sealed(before with { Seq = before.Seq + 1, PrevHash = before.Hash }, key);

    private static AuditEntry[] Change(AuditEntry[] entries, int at, Func<AuditEntry, AuditEntry> change) =>
        [.. entries[..at], change(entries[at]), .. entries[(at + 1)..]];

    private static string Flip(string hex) => (hex[0] == '0' ? '1' : '0') + hex[1..];

    private static AuditDraft Draft(int number) => new(
        OrgSlug.Parse("acme"), AuditAction.Update, AuditResource.ApiKey, $"k-{number}", AuditStatus.Success,
        new Dictionary<string, string> { ["number"] = $"{number}" });

    private static AuditEntry[] Entries(int count) =>
        [.. AuditChain.Append(Chain, AuditHead.Empty, [.. Enumerable.Range(0, count).Select(Draft)], Call, Now, new AuditKey(Key)).Entries];

    private static AuditHead Head(AuditEntry[] entries) => new(entries[^1].Seq, entries[^1].Hash);

    private static void AssertFault(string tampering, long seq, AuditEntry[] entries, AuditHead? head = null)
    {
        var fault = AuditChain.Verify(Chain, entries, head ?? Head(Entries(5)), new AuditKey(Key));
        Assert.True(fault is not null, $"Not found: {tampering}.");
        Assert.Equal((Chain, seq), (fault.Chain, fault.Seq));
    }
}
