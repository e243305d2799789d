using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Clients;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Organizations;
using Tumbler.Engine.Paging;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Clients;

/// <summary>The registered clients of organisations, in one process.</summary>
public sealed class Clients(
    OrganizationKeepers keepers, IAggregateStore<OrgSlug, Organization> store, KeyAddresses addresses) : IClients
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public async Task<Result<Page<ClientView>>> List(OrgSlug org, PageRequest page)
    {
        if (await store.Load(org, CancellationToken.None) is not { State.Deleted: false } stored)
            return Refusal.NotFound("organization", org.Value);
        return ListPage.Of(stored.State.Clients.Values, client => client.Id, page, ClientId.TryParse)
            .Map(found => found.Map(client => client.View()));
    }

    public async Task<Result<ClientView>> Get(OrgSlug org, ClientId id) =>
        ClientDecisions.Find((await store.Load(org, CancellationToken.None))?.State, org, id).Map(found => found.Client.View());

    public Task<Result<ClientView>> Create(OrgSlug org, PutClient request, CallContext call)
    {
        var id = ClientId.Of(org, Chance.Text(Digits, ClientId.RandomLength));
        return keepers.Change(
            org,
            (state, now) => ClientDecisions.Create(state, org, request, id, addresses, now, call.ByOwner)
                .Map(decision => decision.Answering(client => client.View())),
            new RepeatableRequest($"clients.create {org}", request),
            call);
    }

    public Task<Result<ClientView>> Replace(OrgSlug org, ClientId id, PutClient request, CallContext call) => keepers.Change(
        org,
        (state, now) => ClientDecisions.Replace(state, org, id, request, addresses, now, call.ByOwner)
            .Map(decision => decision.Answering(client => client.View())),
        new RepeatableRequest($"clients.replace {org} {id}", request),
        call);

    public Task<Result<ClientView>> Delete(OrgSlug org, ClientId id, CallContext call) => keepers.Change(
        org,
        (state, now) => ClientDecisions.Delete(state, org, id, now).Map(decision => decision.Answering(client => client.View())),
        new RepeatableRequest($"clients.delete {org} {id}", null),
        call);
}
