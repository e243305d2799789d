using System.Collections.Immutable;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Core;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Organizations;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests;

/// <summary>What every store promises about the feed of revocations: whoever follows it misses nothing.</summary>
public abstract class RevocationContract
{
    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly History history = new(seed: 31);

    /// <summary>Empty when the test begins.</summary>
    protected abstract IStore Store { get; }

    /// <summary>As if the process had died and started again: what was not durable is gone.</summary>
    protected abstract void Restart();

    protected abstract void FailNextSave(Fault fault);

    [Fact]
    public async Task At_first_there_is_nothing()
    {
        var news = (await Store.Changes(null, Go)).Revocations;

        Assert.Equal((true, 0L), (news.Whole, news.Last));
        Assert.Empty(news.Entries);
    }

    [Fact]
    public async Task What_any_save_revokes_has_the_next_numbers_of_all()
    {
        var mark = (await Store.Changes(null, Go)).Next;
        var key = history.ApiKey() with { Revoked = false };
        var org = await Save(Store.Organizations, Organization(1) with { ApiKeys = ImmutableDictionary<ApiKeyId, ApiKey>.Empty.Add(key.Id, key) });
        org = await Save(Store.Organizations, org.State with { ApiKeys = org.State.ApiKeys.SetItem(key.Id, key with { Revoked = true, RevokedAt = Now }) }, org);
        org = await Save(Store.Organizations, org.State with { Status = OrganizationStatus.Suspended, UpdatedAt = Now }, org);
        await RevokeToken("t-1", Now.AddMinutes(5));
        await Save(Store.Organizations, org.State with { Status = OrganizationStatus.Active, UpdatedAt = Now.AddHours(1) }, org);

        var news = (await Store.Changes(mark, Go)).Revocations;

        Assert.Equal((false, 4L), (news.Whole, news.Last));
        Assert.Equal(
            [
                new FeedEntry(1, new(new(RevocationKind.Client, key.Id.ToString(), null), Now + Revocation.LongestRest)),
                new FeedEntry(3, new(new(RevocationKind.Token, "t-1", RingId.Default), Now.AddMinutes(10))),
                new FeedEntry(4, new(new(RevocationKind.Organization, "Org_1", null), Now.AddHours(1) + Revocation.LongestRest, Lifted: true)),
            ],
            news.Entries.OrderBy(entry => entry.Number));
    }

    [Fact]
    public async Task A_revoked_signing_key_is_told_of_in_its_ring()
    {
        var saved = await history.Save(Store, RingId.Default);
        while (saved.State.Keys.All(key => key.RevokedAt is null))
            saved = await history.Save(Store, RingId.Default);

        var told = (await Store.Changes(null, Go)).Revocations.Entries.Select(entry => entry.Subject).ToHashSet();

        Assert.Superset(
            saved.State.Keys.Where(key => key.RevokedAt is not null)
                .Select(key => new RevocationSubject(RevocationKind.Key, key.Kid.ToString(), RingId.Default)).ToHashSet(),
            told);
    }

    [Fact]
    public async Task Many_revocations_of_one_save_follow_each_other()
    {
        var keys = Enumerable.Range(0, 300).Select(_ => history.ApiKey() with { Revoked = false, RevokedAt = null }).ToArray();
        var before = await Save(Store.Organizations, Organization(1) with { ApiKeys = keys.ToImmutableDictionary(key => key.Id) });
        await Save(
            Store.Organizations,
            before.State with { ApiKeys = keys.ToImmutableDictionary(key => key.Id, key => key with { Revoked = true, RevokedAt = Now }) },
            before,
            entries: 300);

        var news = (await Store.Changes(null, Go)).Revocations;

        Assert.Equal(Enumerable.Range(1, 300).Select(n => (long)n), news.Entries.Select(entry => entry.Number).Order());
        Assert.Equal(keys.Select(key => key.Id.ToString()).Order(), news.Entries.Select(entry => entry.Subject.Id).Order());
    }

    [Fact]
    public async Task A_save_that_revokes_nothing_takes_no_number()
    {
        var org = await Save(Store.Organizations, Organization(1));
        await Save(Store.Organizations, org.State with { Name = "Other" }, org);
        await history.Save(Store, History.Node(1));

        Assert.Equal(0, (await Store.Changes(null, Go)).Revocations.Last);
    }

    [Fact]
    public async Task Whoever_asks_while_many_revoke_hears_of_each_number_once_and_of_none_late()
    {
        const int writers = 6, saves = 30;
        var mark = (await Store.Changes(null, Go)).Next;
        var seen = new List<FeedEntry>();
        var saving = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            // Half of them in one ring, and a revocation and a lifting in turn in organisations of their own.
            var org = await Save(Store.Organizations, Organization(writer));
            for (var n = 0; n < saves; n++)
            {
                await RevokeToken($"{writer}-{n}", Now.AddMinutes(5), History.Ring(writer / 2));
                var status = n % 2 == 0 ? OrganizationStatus.Suspended : OrganizationStatus.Active;
                org = await Save(Store.Organizations, org.State with { Status = status, UpdatedAt = Now }, org);
            }
        })));

        bool last;
        do
        {
            last = saving.IsCompleted;
            var changes = await Store.Changes(mark, Go);
            var (news, from) = (changes.Revocations, mark.Number);

            // Nothing comes later with a number that was passed: replaced entries of organisations alone may be missing.
            Assert.All(news.Entries, entry => Assert.InRange(entry.Number, from + 1, news.Last));
            Assert.Equal(news.Entries.Count, news.Entries.DistinctBy(entry => entry.Number).Count());
            seen.AddRange(news.Entries);
            mark = changes.Next;
        }
        while (!last);

        await saving;
        Assert.Equal(2 * writers * saves, mark.Number);
        var tokens = seen.Where(entry => entry.Subject.Kind == RevocationKind.Token).Select(entry => entry.Subject.Id);
        Assert.Equal(
            (from writer in Enumerable.Range(0, writers) from n in Enumerable.Range(0, saves) select $"{writer}-{n}").Order(), tokens.Order());
        Assert.Equal(
            RevocationFeed.Empty.With((await Store.Changes(null, Go)).Revocations.Entries, mark.Number).Since(0),
            RevocationFeed.Empty.With(seen, mark.Number).Since(0));
    }

    [Fact]
    public async Task After_a_restart_all_of_it_is_told_and_the_numbers_go_on()
    {
        await RevokeToken("t-1", Now.AddMinutes(5));
        await RevokeToken("t-2", Now.AddMinutes(5));
        var before = await Store.Changes(null, Go);

        Restart();

        foreach (var since in (ChangeMark?[])[null, before.Next, default(ChangeMark)])
        {
            var news = (await Store.Changes(since, Go)).Revocations;
            Assert.Equal((true, 2L), (news.Whole, news.Last));
            Assert.Equal(["t-1", "t-2"], news.Entries.OrderBy(entry => entry.Number).Select(entry => entry.Subject.Id));
        }

        await RevokeToken("t-3", Now.AddMinutes(5));
        Assert.Equal(3, (await Store.Changes(null, Go)).Revocations.Entries.Single(entry => entry.Subject.Id == "t-3").Number);
    }

    [Fact]
    public async Task What_nothing_can_rest_on_any_more_is_forgotten_with_a_later_revocation_and_its_number_not_given_again()
    {
        var org = await Save(Store.Organizations, Organization(1));
        org = await Save(Store.Organizations, org.State with { Status = OrganizationStatus.Suspended, UpdatedAt = Now }, org);
        await RevokeToken("t-1", Now.AddMinutes(5));
        await RevokeToken("t-2", Now.AddHours(1));
        await RevokeToken("t-3", Now.AddHours(1), at: Now.AddMinutes(10).AddMilliseconds(1));
        Assert.Equal(["Org_1", "t-2", "t-3"], await Told());

        // The very organisation that is over comes anew.
        await Save(
            Store.Organizations, org.State with { Status = OrganizationStatus.Active, UpdatedAt = Now.AddDays(2) }, org, at: Now.AddDays(2));
        Assert.Equal(["Org_1"], await Told());

        Restart();
        Assert.Equal(["Org_1"], await Told());
        var news = (await Store.Changes(null, Go)).Revocations;
        Assert.Equal((5L, 5L, true), (news.Last, news.Entries.Single().Number, news.Entries.Single().Revocation.Lifted));

        async Task<IEnumerable<string>> Told() =>
            (await Store.Changes(null, Go)).Revocations.Entries.Select(entry => entry.Subject.Id).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(Fault.DidNotPersist)]
    [InlineData(Fault.DidPersist)]
    public async Task A_save_without_an_answer_has_revoked_all_that_it_says_or_nothing(Fault fault)
    {
        var org = await Save(Store.Organizations, Organization(1));
        var (next, entries) = Audited(org.State with { Status = OrganizationStatus.Suspended, UpdatedAt = Now }, Now);

        FailNextSave(fault);
        Assert.Equal(SaveResult.Unavailable, await Store.Organizations.Save(next, org.Version, entries, Go));

        Restart();
        var kept = fault == Fault.DidPersist;
        Assert.Equal(kept, (await Store.Organizations.Load(org.State.Slug, Go))!.State.IsClosed);
        Assert.Equal(kept ? ["Org_1"] : [], (await Store.Changes(null, Go)).Revocations.Entries.Select(entry => entry.Subject.Id));
        await RevokeToken("t-1", Now.AddMinutes(5));
        Assert.Equal(kept ? 2 : 1, (await Store.Changes(null, Go)).Revocations.Last);
    }

    [Fact]
    public async Task A_save_that_lost_revokes_nothing()
    {
        var org = await Save(Store.Organizations, Organization(1));
        await Save(Store.Organizations, org.State with { Name = "Other" }, org);
        var (next, entries) = Audited(org.State with { Status = OrganizationStatus.Suspended, UpdatedAt = Now }, Now);

        Assert.Equal(SaveResult.Conflict, await Store.Organizations.Save(next, org.Version, entries, Go));

        Assert.Equal(0, (await Store.Changes(null, Go)).Revocations.Last);
    }

    [Fact]
    public async Task The_owner_of_a_ring_s_revoked_tokens_is_as_it_was_saved_and_its_chain_is_known()
    {
        await RevokeToken("t-1", Now.AddMinutes(5));
        var saved = await RevokeToken("t-2", Now.AddMinutes(6), org: null);
        await RevokeToken("t-1", Now.AddMinutes(5), RingId.Parse("orders"));

        Restart();

        var loaded = (await Store.TokenRevocations.Load(RingId.Default, Go))!;
        Assert.Equal(Shape.Of(saved.State), Shape.Of(loaded.State));
        Assert.Equal(saved.Version, loaded.Version);
        Assert.Equal([RingId.Default, RingId.Parse("orders")], await Store.TokenRevocations.List(null, 10, Go));
        await using var view = await Store.Audit.View(Go);
        var ends = (await view.Chains(Go).ToListAsync()).Single(chain => chain.Chain == "tokens:default");
        Assert.Equal(saved.State.AuditHead, ends.Owner);
    }

    [Fact]
    public async Task A_revocation_is_hinted_at_here_too()
    {
        await Store.Changes(null, Go);
        var hint = Store.Hint(Go);

        await RevokeToken("t-1", Now.AddMinutes(5));

        await hint.WaitAsync(Patience);
    }

    private static Organization Organization(int number) => new History(number).NewOrganization(History.Org(number)) with
    {
        Status = OrganizationStatus.Active,
        Deleted = false,
    };

    private async Task<Stored<TokenRevocations>> RevokeToken(
        string id, DateTimeOffset expiresAt, RingId? ring = null, string? org = "acme", DateTimeOffset? at = null)
    {
        var (store, of) = (Store.TokenRevocations, ring ?? RingId.Default);
        var token = new RevokedToken(id, "c-1", org is null ? null : OrgSlug.Parse(org), expiresAt);
        while (true)
        {
            var known = await store.Load(of, Go);
            var (next, entries) = Audited(TokenRevocationDecisions.Revoke(known?.State, of, token, isRevoked: false).Next, at ?? Now);
            var saved = await store.Save(next, known?.Version ?? VersionToken.None, entries, Go);
            if (saved.Outcome == SaveOutcome.Saved)
                return new Stored<TokenRevocations>(next, saved.Version);
            Assert.Equal(SaveOutcome.Conflict, saved.Outcome);
        }
    }

    private static async Task<Stored<TState>> Save<TId, TState>(
        IAggregateStore<TId, TState> store, TState state, Stored<TState>? old = null, int entries = 1, DateTimeOffset? at = null)
        where TId : struct
        where TState : class, IAggregate<TState>
    {
        var (next, written) = Audited(state, at ?? Now, entries);
        var saved = await store.Save(next, old?.Version ?? VersionToken.None, written, Go);
        Assert.Equal(SaveOutcome.Saved, saved.Outcome);
        return new Stored<TState>(next, saved.Version);
    }

    private static (T Next, IReadOnlyList<AuditEntry> Entries) Audited<T>(T state, DateTimeOffset at, int entries = 1) where T : IAggregate<T>
    {
        var draft = new AuditDraft(null, AuditAction.Update, AuditResource.Credential, "x", AuditStatus.Success, new Dictionary<string, string>());
        var call = new CallContext(Actor.Administrator, "request-1", "local");
        var (written, head) = AuditChain.Append(state.Chain, state.AuditHead, [.. Enumerable.Repeat(draft, entries)], call, at, History.AuditKey);
        return (state.With(head, state.Receipts), written);
    }
}
