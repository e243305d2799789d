using System.Collections.Concurrent;
using System.Globalization;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Keepers;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Keepers;

/// <summary>A keeper of one organisation whose name is a number: each pass makes it one more.</summary>
internal sealed class Turnstile : IDisposable
{
    public static readonly OrgSlug Slug = OrgSlug.Parse("turnstile");

    private readonly Keeper<OrgSlug, Organization> keeper;
    private int decided;

    public Turnstile(Installation installation, Action<Stored<Organization>>? announce = null) =>
        keeper = new Keeper<OrgSlug, Organization>(
            Slug,
            installation.Store.Organizations,
            installation.Store.Audit,
            new ReceiptBook(Installation.HashKey),
            Installation.AuditKey,
            installation.Clock,
            stored =>
            {
                Announced.Enqueue(stored);
                announce?.Invoke(stored);
            });

    public ConcurrentQueue<Stored<Organization>> Announced { get; } = [];

    public VersionToken KnownVersion => keeper.KnownVersion;

    /// <summary>How many decisions it took.</summary>
    public int Decided => decided;

    public async Task Build()
    {
        var request = new CreateOrganization(Slug.Value, "0", "it@turnstile.example");
        Node.Admitted(await Change((state, now) => OrganizationDecisions.Create(state, request, now)));
    }

    public Task<Result<OrganizationView>> Pass(string? idempotencyKey = null, CancellationToken stop = default) => Change(
        (state, now) =>
        {
            var next = int.Parse(state!.Name, CultureInfo.InvariantCulture) + 1;
            return OrganizationDecisions.Update(state, Slug, new UpdateOrganization(next.ToString(CultureInfo.InvariantCulture)), now);
        },
        idempotencyKey,
        stop);

    /// <summary>Asks for what is so already.</summary>
    public Task<Result<OrganizationView>> Stay() =>
        Change((state, now) => OrganizationDecisions.Update(state, Slug, new UpdateOrganization(), now));

    /// <summary>Asks for what is refused.</summary>
    public Task<Result<OrganizationView>> Break() =>
        Change((state, now) => OrganizationDecisions.Update(state, Slug, new UpdateOrganization(Email: "no address"), now));

    public Task<Result<OrganizationView>> Change(
        Func<Organization?, DateTimeOffset, Result<Decision<Organization, OrganizationView>>> decide,
        string? idempotencyKey = null,
        CancellationToken stop = default) => keeper.Change(
        (state, now) =>
        {
            Interlocked.Increment(ref decided);
            return ValueTask.FromResult(decide(state, now));
        },
        new RepeatableRequest("pass", null),
        Installation.Call(idempotencyKey),
        stop);

    public void Dispose() => keeper.Dispose();
}
