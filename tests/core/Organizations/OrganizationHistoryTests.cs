using FsCheck;
using FsCheck.Fluent;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Organizations;
using Tumbler.Core.Revocations;

namespace Tumbler.Core.Tests.Organizations;

/// <summary>What holds after any commands at any times: 100 histories of 150 steps.</summary>
public class OrganizationHistoryTests
{
    private const int Steps = 150;

    private static readonly Gen<Step> AnyStep =
        from verb in Gen.Choose(0, 99)
        from pick in Gen.Choose(0, 1_000)
        from minutes in Gen.Choose(0, 600)
        select new Step(verb, pick, minutes);

    /// <summary>The verb in hundredths, which key, and how long after the step before.</summary>
    private sealed record Step(int Verb, int Pick, int Minutes);

    /// <summary>One step's outcome: the states around it and what was said.</summary>
    private sealed record Moment(
        Organization? Before, Organization? After, IReadOnlyList<AuditDraft> Audit, ApiKeyRotation? Rotation, DateTimeOffset Now);

    [Fact]
    public void Every_change_is_audited_and_nothing_else_is() =>
        Always(history => history.All(moment => (moment.Before == moment.After) == (moment.Audit.Count == 0)));

    [Fact]
    public void A_key_is_never_forgotten_and_never_changes_its_identity() => Always(history => history.All(moment =>
        moment.Before is null || moment.Before.ApiKeys.All(old =>
            moment.After!.ApiKeys.TryGetValue(old.Key, out var key)
            && (key.Id, key.Hash, key.CreatedAt) == (old.Key, old.Value.Hash, old.Value.CreatedAt))));

    [Fact]
    public void Hashes_are_unique() => Always(history => history.All(moment =>
        moment.After is null || moment.After.ApiKeys.Values.DistinctBy(key => key.Hash).Count() == moment.After.ApiKeys.Count));

    [Fact]
    public void An_ended_key_is_never_accepted_again() => Always(history =>
    {
        var ended = new HashSet<ApiKeyId>();
        return history.All(moment =>
        {
            var keys = moment.After?.ApiKeys.Values ?? [];
            ended.UnionWith((moment.Before?.ApiKeys.Values ?? []).Where(key => !key.AcceptedAt(moment.Now)).Select(key => key.Id));
            return keys.Where(key => ended.Contains(key.Id)).All(key =>
                !key.AcceptedAt(moment.Now) && !moment.After!.Accepts(key, moment.Now));
        });
    });

    [Fact]
    public void A_rotation_widens_no_right() => Always(history => history.All(moment =>
    {
        if (moment.Rotation is not { Key: var key })
            return true;
        var live = moment.Before!.LiveApiKeys(moment.Now);
        var limited = live.Where(old => old.StateAt(moment.Now) == ApiKeyState.Active && !old.AllowedAddresses.IsEmpty).ToArray();
        return key.Scopes.All(scope => live.Any(old => old.Scopes.Contains(scope)))
            && key.Audiences.All(audience => live.Any(old => old.Audiences.Contains(audience)))
            && key.AllowedAddresses.All(block => live.Any(old => old.AllowedAddresses.Contains(block)))
            && (limited.Length == 0 || !key.AllowedAddresses.IsEmpty);
    }));

    [Fact]
    public void After_a_rotation_only_the_new_key_lives_once_the_overlap_is_over() => Always(history => history.All(moment =>
        moment.Rotation is not { } rotation
        || moment.After!.LiveApiKeys(rotation.EffectiveAt).All(key => key.Id == rotation.Key.Id)));

    [Fact]
    public void What_is_deleted_stays_deleted_and_accepts_nothing() => Always(history => history.All(moment =>
        moment.Before is not { Deleted: true } || moment.After == moment.Before));

    [Fact]
    public void Who_follows_the_feed_of_revocations_refuses_whoever_is_shut_out_and_nobody_else() => Always(history =>
    {
        var feed = RevocationFeed.Empty;
        return history.All(moment =>
        {
            if (moment.After is not { } after)
                return true;
            feed = feed.With(NewRevocations.Between(moment.Before, after));
            var closed = feed.Has(new(RevocationKind.Organization, "acme", null));
            return closed == (after.Deleted || after.Status == OrganizationStatus.Suspended)
                && after.ApiKeys.Values.All(key => (closed && after.Deleted) || feed.Has(new(RevocationKind.Client, key.Id.ToString(), null)) == key.Revoked);
        });
    });

    [Fact]
    public void What_changes_nothing_that_tokens_rest_on_tells_nobody_anything() => Always(history => history.All(moment =>
        moment.After is not { } after
        || NewRevocations.Between(moment.Before, after).Count == 0
        || moment.Audit.Any(draft => draft.Action is AuditAction.Revoke or AuditAction.Delete || draft.Details.ContainsKey("status"))));

    [Fact]
    public void The_histories_hold_every_kind_of_change()
    {
        var kinds = new HashSet<(string, string)>();
        Always(history =>
        {
            kinds.UnionWith(history.SelectMany(moment => moment.Audit).Select(draft => ($"{draft.ResourceType}", $"{draft.Action}")));
            return true;
        });
        Assert.Equal(
            [
                ("ApiKey", "Create"), ("ApiKey", "Revoke"), ("ApiKey", "Rotate"), ("ApiKey", "Update"),
                ("Organization", "Create"), ("Organization", "Delete"), ("Organization", "Update"),
            ],
            kinds.Order());
    }

    private static void Always(Func<IReadOnlyList<Moment>, bool> holds) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20261121, 9),
        Prop.ForAll(AnyStep.ArrayOf(Steps).ToArbitrary(), steps => holds(Play(steps))));

    private static List<Moment> Play(Step[] steps)
    {
        var history = new List<Moment>();
        Organization? state = null;
        var now = Acme.Now;
        for (var i = 0; i < steps.Length; i++)
        {
            now = now.AddMinutes(steps[i].Minutes);
            var moment = Decide(state, steps[i], i, now);
            history.Add(moment);
            state = moment.After;
        }

        return history;
    }

    private static Moment Decide(Organization? state, Step step, int number, DateTimeOffset now)
    {
        var (id, hash) = (Acme.Id(number), Acme.Hash(number));
        var known = state?.ApiKeys.Keys.OrderBy(key => key.ToString(), StringComparer.Ordinal).ToArray() ?? [];
        var key = known.Length > 0 ? known[step.Pick % known.Length] : Acme.Id(-1);
        string[] some = [$"s{step.Pick % 7}", $"s{7 + step.Pick % 5}"];
        string[] audiences = step.Pick % 3 == 0 ? [] : [$"urn:{step.Pick % 4}"];
        string[] addresses = step.Pick % 2 == 0 ? [] : [$"192.0.2.{step.Pick % 6}"];
        var expires = step.Pick % 4 == 0 ? now.AddHours(1 + step.Pick % 90).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") : null;

        return step.Verb switch
        {
            < 5 => Of(OrganizationDecisions.Create(state, new CreateOrganization("acme", "Acme", "ann@example.com"), now)),
            < 15 => Of(OrganizationDecisions.Update(
                state, Acme.Slug, new UpdateOrganization($"Acme {step.Pick % 2}", null, step.Pick % 3 == 0 ? "suspended" : "active"), now)),
            15 when step.Pick % 4 == 0 => Of(OrganizationDecisions.Delete(state, Acme.Slug, now)),
            < 45 => Of(ApiKeyDecisions.Create(
                state, Acme.Slug, new CreateApiKey("key", some, audiences, expires, addresses), id, hash, now)),
            < 65 => Of(ApiKeyDecisions.Change(
                state, Acme.Slug, key, new ChangeApiKey(null, some, audiences, expires, addresses), now)),
            < 80 => Of(ApiKeyDecisions.Revoke(state, Acme.Slug, key, now)),
            _ => Rotated(ApiKeyDecisions.Rotate(
                state, Acme.Slug, new RotateApiKeys(step.Pick % 2 == 0 ? null : $"PT{step.Pick}M"), id, hash, now)),
        };

        Moment Of<T>(Result<Decision<Organization, T>> result) => result.TryGet(out var decision, out _)
            ? new Moment(state, decision.Next, decision.Audit, null, now)
            : new Moment(state, state, [], null, now);

        Moment Rotated(Result<Decision<Organization, ApiKeyRotation>> result) =>
            Of(result) with { Rotation = result.Value?.Answer };
    }
}
