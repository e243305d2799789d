using System.Text.Json;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Tests.Http;

internal sealed class ScriptedClients : IClients
{
    public const string Id = "acme_client_0123456789abcdefghij";

    public CallContext? LastCall { get; private set; }

    public PutClient? LastRequest { get; private set; }

    public Task<Result<Page<ClientView>>> List(OrgSlug org, PageRequest page) =>
        Task.FromResult<Result<Page<ClientView>>>(new Page<ClientView>([View("billing")], null));

    public Task<Result<ClientView>> Get(OrgSlug org, ClientId id) => Task.FromResult<Result<ClientView>>(View("billing"));

    public Task<Result<ClientView>> Create(OrgSlug org, PutClient request, CallContext call) => Changed(request, call);

    public Task<Result<ClientView>> Replace(OrgSlug org, ClientId id, PutClient request, CallContext call) => Changed(request, call);

    public Task<Result<ClientView>> Delete(OrgSlug org, ClientId id, CallContext call)
    {
        LastCall = call;
        return Task.FromResult<Result<ClientView>>(View("billing"));
    }

    private Task<Result<ClientView>> Changed(PutClient request, CallContext call)
    {
        (LastRequest, LastCall) = (request, call);
        return Task.FromResult<Result<ClientView>>(View(request.ClientName!));
    }

    private static ClientView View(string name) => new(
        ClientId.Parse(Id), name, ClientAuthMethod.PrivateKeyJwt, JsonElement.Parse("""{"keys":[]}"""), null, null, null, null, null, null, null, false,
        ["read"], [], FixedClock.Now, FixedClock.Now, null);
}
