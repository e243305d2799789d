using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Engine.Store;
using Tumbler.Engine.Tests.Store;

namespace Tumbler.Engine.Tests.Keepers;

public sealed class KeeperTests : IAsyncLifetime, IDisposable
{
    private readonly Installation installation = new();
    private readonly Turnstile turnstile;

    public KeeperTests() => turnstile = new Turnstile(installation);

    private FaultyAggregateStore<OrgSlug, Core.Organizations.Organization> Store => installation.Store.Organizations;

    public async ValueTask InitializeAsync() => await turnstile.Build();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        turnstile.Dispose();
        installation.Dispose();
    }

    [Fact]
    public async Task Every_change_is_saved_and_then_announced_in_order()
    {
        for (var number = 1; number <= 10; number++)
        {
            Assert.Equal($"{number}", await Passed());
            Assert.Equal($"{number}", await Saved());
        }

        Assert.Equal(Enumerable.Range(0, 11).Select(number => $"{number}"), turnstile.Announced.Select(stored => stored.State.Name));
        Assert.Equal(turnstile.Announced.Select(stored => stored.Version).Order(), turnstile.Announced.Select(stored => stored.Version));
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task Nothing_is_announced_before_it_is_saved()
    {
        var seen = new List<string?>();
        using var watched = new Turnstile(installation, stored => seen.Add(
            installation.Journal.Organizations.Load(Turnstile.Slug, CancellationToken.None).AsTask() is { IsCompletedSuccessfully: true } load
                && load.GetAwaiter().GetResult()?.Version >= stored.Version ? stored.State.Name : null));

        await watched.Pass();
        await watched.Pass();

        Assert.Equal("2", seen[^1]);
        Assert.DoesNotContain(null, seen);
    }

    [Fact]
    public async Task The_state_is_loaded_once_and_then_known()
    {
        var loads = Store.Loads;

        for (var i = 0; i < 5; i++)
            await turnstile.Pass();

        Assert.Equal(loads, Store.Loads);
    }

    [Fact]
    public async Task Who_loses_a_conflict_decides_again_on_the_fresh_state()
    {
        using var rival = new Turnstile(installation);
        Store.BeforeSave = Once(() => rival.Pass());

        Assert.Equal("2", await Passed());

        Assert.Equal(2, turnstile.Decided - 1);
        Assert.Equal("2", await Saved());
        Assert.Equal(3, (await installation.Organization("turnstile")).AuditHead.Seq);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task After_a_conflict_a_decision_that_finds_nothing_left_to_do_saves_nothing()
    {
        using var rival = new Turnstile(installation);
        Store.BeforeSave = Once(() => rival.Change((state, now) => Rename(state, now)));
        var saves = Store.Saves;

        var renamed = await turnstile.Change((state, now) => Rename(state, now));

        Assert.Equal("one", Node.Admitted(renamed).Name);
        Assert.Equal(2, Store.Saves - saves);
        Assert.Equal(2, (await installation.Organization("turnstile")).AuditHead.Seq);

        static Result<Core.Decision<Core.Organizations.Organization, OrganizationView>> Rename(
            Core.Organizations.Organization? state, DateTimeOffset now) =>
            Core.Organizations.OrganizationDecisions.Update(state, Turnstile.Slug, new UpdateOrganization("one"), now);
    }

    [Fact]
    public async Task Five_conflicts_in_a_row_are_a_refusal_and_four_are_not()
    {
        Store.Fail(Fault.Conflict, Fault.Conflict, Fault.Conflict, Fault.Conflict);
        Assert.Equal("1", await Passed());

        Store.Fail(Fault.Conflict, Fault.Conflict, Fault.Conflict, Fault.Conflict, Fault.Conflict);
        var refused = await turnstile.Pass();

        Assert.Equal(ErrorCode.Conflict, refused.Refusal?.Code);
        Assert.Equal("1", await Saved());
        Assert.Equal("2", await Passed());
    }

    [Fact]
    public async Task A_save_that_was_kept_although_nobody_said_so_is_answered_as_saved()
    {
        Store.Fail(Fault.DidPersist);

        Assert.Equal("1", await Passed());

        Assert.Equal("1", await Saved());
        Assert.Equal("1", turnstile.Announced.Last().State.Name);
        Assert.Equal("2", await Passed());
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task A_save_that_was_not_kept_is_unavailable_and_can_be_tried_again()
    {
        Store.Fail(Fault.DidNotPersist);

        Assert.Equal(ErrorCode.Unavailable, (await turnstile.Pass()).Refusal?.Code);

        Assert.Equal("0", await Saved());
        Assert.Equal("0", turnstile.Announced.Last().State.Name);
        Assert.Equal("1", await Passed());
        Assert.Equal(2, (await installation.Organization("turnstile")).AuditHead.Seq);
        await installation.AssertAuditVerifies();
    }

    [Theory]
    [InlineData(Fault.DidPersist)]
    [InlineData(Fault.DidNotPersist)]
    public async Task A_first_save_with_an_unknown_outcome_is_answered_rightly_too(object fault)
    {
        using var fresh = new Installation();
        using var first = new Turnstile(fresh);
        fresh.Store.Organizations.Fail((Fault)fault);

        var built = await first.Change((state, now) => Core.Organizations.OrganizationDecisions.Create(
            state, new CreateOrganization("turnstile", "0", "it@turnstile.example"), now));

        var stored = await fresh.Journal.Organizations.Load(Turnstile.Slug, CancellationToken.None);
        Assert.Equal(stored is not null, built.Succeeded);
        Assert.Equal(fault is Fault.DidPersist, built.Succeeded);
    }

    [Fact]
    public async Task A_save_that_was_kept_is_found_behind_what_another_process_appended_after_it()
    {
        using var rival = new Turnstile(installation);
        Store.Fail(Fault.DidPersist);
        Store.AfterFault = async () => Assert.Equal("2", Node.Admitted(await rival.Pass()).Name);

        Assert.Equal("1", await Passed());

        Assert.Equal("2", await Saved());
        Assert.Equal("3", await Passed());
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task A_save_that_was_not_kept_is_not_taken_for_what_another_process_wrote_in_its_place()
    {
        using var rival = new Turnstile(installation);
        Store.Fail(Fault.DidNotPersist);
        Store.AfterFault = () => rival.Change((state, now) =>
            Core.Organizations.OrganizationDecisions.Update(state, Turnstile.Slug, new UpdateOrganization("10"), now));

        Assert.Equal(ErrorCode.Unavailable, (await turnstile.Pass()).Refusal?.Code);

        Assert.Equal("10", await Saved());
        Assert.Equal("11", await Passed());
        Assert.Equal(3, (await installation.Organization("turnstile")).AuditHead.Seq);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task A_refusal_is_by_what_the_store_says_and_not_by_what_another_process_has_overtaken()
    {
        using var rival = new Turnstile(installation);
        Node.Admitted(await rival.Change((state, now) => Core.Organizations.OrganizationDecisions.Update(
            state, Turnstile.Slug, new UpdateOrganization("7"), now)));

        // Refused as long as it is 0, which is what this keeper knows.
        var passed = await turnstile.Change((state, now) => state!.Name == "0"
            ? new Refusal(ErrorCode.Conflict, "Not at 0.")
            : Core.Organizations.OrganizationDecisions.Update(state, Turnstile.Slug, new UpdateOrganization("8"), now));

        Assert.Equal("8", Node.Admitted(passed).Name);
        Assert.Equal("8", await Saved());
    }

    [Fact]
    public async Task Nothing_left_to_do_is_by_what_the_store_says_too()
    {
        using var rival = new Turnstile(installation);
        Assert.Equal("1", Node.Admitted(await rival.Pass()).Name);

        // It has been 0 already, and for all this keeper knows it still is.
        var back = await turnstile.Change((state, now) => Core.Organizations.OrganizationDecisions.Update(
            state, Turnstile.Slug, new UpdateOrganization("0"), now));

        Assert.Equal("0", Node.Admitted(back).Name);
        Assert.Equal("0", await Saved());
        Assert.Equal("1", Node.Admitted(await rival.Pass()).Name);
    }

    [Fact]
    public async Task A_repetition_that_reaches_another_process_gets_the_first_answer_and_changes_nothing()
    {
        using var rival = new Turnstile(installation);
        Assert.Equal("1", Node.Admitted(await rival.Pass()).Name);
        Assert.Equal("2", Node.Admitted(await turnstile.Pass("key-1")).Name);

        Assert.Equal("2", Node.Admitted(await rival.Pass("key-1")).Name);

        Assert.Equal("2", await Saved());
    }

    [Fact]
    public async Task A_repetition_of_what_can_only_be_done_once_is_answered_and_not_refused_by_another_process()
    {
        using var rival = new Turnstile(installation);
        await rival.Stay();
        Assert.True((await Build(turnstile)).Succeeded);

        Assert.Equal("once", Node.Admitted(await Build(rival)).Name);

        static Task<Result<OrganizationView>> Build(Turnstile keeper) => keeper.Change(
            (state, now) => state!.Name == "once"
                ? new Refusal(ErrorCode.AlreadyExists, "Once only.")
                : Core.Organizations.OrganizationDecisions.Update(state, Turnstile.Slug, new UpdateOrganization("once"), now),
            "key-1");
    }

    [Fact]
    public async Task A_refusal_that_the_store_cannot_confirm_is_none()
    {
        Store.FailLoads = 1;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => turnstile.Break());

        Assert.Equal(ErrorCode.InvalidInput, (await turnstile.Break()).Refusal?.Code);
    }

    [Fact]
    public async Task The_version_of_an_answered_change_stays_known_while_another_is_refused()
    {
        await turnstile.Pass();
        var passed = turnstile.Announced.Last().Version;
        Store.FailLoads = 1;

        await Assert.ThrowsAsync<StoreUnavailableException>(turnstile.Break);

        Assert.Equal(passed, turnstile.KnownVersion);
    }

    [Fact]
    public async Task When_not_even_the_outcome_can_be_read_the_next_change_begins_with_what_is_there()
    {
        Store.Fail(Fault.DidPersist);
        Store.FailLoads = 1;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => turnstile.Pass());

        Assert.Equal("2", await Passed());
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task A_repetition_under_its_key_after_an_unreadable_outcome_changes_nothing_more()
    {
        Store.Fail(Fault.DidPersist);
        Store.FailLoads = 1;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => turnstile.Pass("key-1"));

        Assert.Equal("1", Node.Admitted(await turnstile.Pass("key-1")).Name);

        Assert.Equal("1", await Saved());
    }

    [Fact]
    public async Task What_is_read_anew_is_announced_because_its_own_announcement_was_lost()
    {
        Store.Fail(Fault.DidPersist);
        Store.FailLoads = 1;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => turnstile.Pass());
        Assert.Equal("0", turnstile.Announced.Last().State.Name);

        await turnstile.Stay();

        Assert.Equal("1", turnstile.Announced.Last().State.Name);
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_is_not_changed_and_the_keeper_goes_on_afterwards()
    {
        using var late = new Turnstile(installation);
        Store.FailLoads = 1;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => late.Pass());

        Assert.Equal("0", await Saved());
        Assert.Equal("1", Node.Admitted(await late.Pass()).Name);
    }

    [Fact]
    public async Task A_refused_decision_saves_nothing_and_announces_only_what_is_there()
    {
        var saves = Store.Saves;

        Assert.Equal(ErrorCode.InvalidInput, (await turnstile.Break()).Refusal?.Code);

        Assert.Equal(saves, Store.Saves);
        Assert.All(turnstile.Announced, stored => Assert.Equal("0", stored.State.Name));
    }

    [Fact]
    public async Task A_decision_without_audit_entries_saves_nothing()
    {
        var saves = Store.Saves;

        Assert.Equal("0", Node.Admitted(await turnstile.Stay()).Name);

        Assert.Equal(saves, Store.Saves);
        Assert.Equal(1, (await installation.Organization("turnstile")).AuditHead.Seq);
    }

    [Fact]
    public async Task A_decision_that_throws_leaves_the_turn_to_the_next_one()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => turnstile.Change((_, _) => throw new InvalidOperationException()));

        Assert.Equal("1", await Passed());
    }

    [Fact]
    public async Task Concurrent_changes_come_one_after_the_other()
    {
        var (saving, most) = (0, 0);
        Store.BeforeSave = async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref saving));
            await Task.Yield();
            Interlocked.Decrement(ref saving);
        };

        var numbers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(Passed)));

        Assert.Equal(1, most);
        Assert.Equal(Enumerable.Range(1, 100), numbers.Select(int.Parse).Order());
        Assert.Equal("100", await Saved());
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_take_the_turn_along()
    {
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        Store.BeforeSave = Once(async () =>
        {
            entered.SetResult();
            await leave.Task;
        });
        using var impatient = new CancellationTokenSource();

        var first = Task.Run(Passed);
        await entered.Task;
        var second = turnstile.Pass(stop: impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        leave.SetResult();

        Assert.Equal("1", await first);
        Assert.Equal("2", await Passed());
    }

    [Fact]
    public async Task Who_gives_up_during_its_turn_gives_it_back()
    {
        using var impatient = new CancellationTokenSource();
        Store.BeforeSave = Once(() => impatient.CancelAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turnstile.Pass(stop: impatient.Token));

        Assert.Equal("1", await Passed());
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task Two_keepers_of_one_state_lose_no_change()
    {
        using var rival = new Turnstile(installation);
        

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            var keeper = worker % 2 == 0 ? turnstile : rival;
            for (var passed = 0; passed < 250;)
            {
                var result = await keeper.Pass();
                passed += result.Succeeded ? 1 : 0;
                Assert.True(result.Succeeded || result.Refusal.Code == ErrorCode.Conflict);
            }
        })));

        Assert.True(turnstile.Decided + rival.Decided > 1001, "The keepers never met.");
        Assert.Equal("1000", await Saved());
        Assert.Equal(1001, (await installation.Organization("turnstile")).AuditHead.Seq);
        await installation.AssertAuditVerifies();
    }

    private async Task<string> Passed() => Node.Admitted(await turnstile.Pass()).Name;

    private async Task<string> Saved() => (await installation.Organization("turnstile")).Name;

    /// <summary>Does it before the next save only, and not before those it makes itself.</summary>
    private static Func<Core.Organizations.Organization, Task> Once(Func<Task> what)
    {
        var done = 0;
        return _ => Interlocked.Exchange(ref done, 1) == 0 ? what() : Task.CompletedTask;
    }
}
