using System.Text.Json;
using Tumbler.Contracts.Keys;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.Tests.Snapshots;

public sealed class DiscoveryDocumentTests : IDisposable
{
    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task The_default_ring_s_kill_list_is_named_by_its_id()
    {
        var node = await installation.StartNode();

        using var json = JsonDocument.Parse((await node.Get<IPublishedKeys>().Get(RingId.Default))!.Discovery.Plain);

        Assert.Equal("https://issuer.example/api/v1/revocations/default", json.RootElement.GetProperty("tumbler_revocations_uri").GetString());
    }

    [Fact]
    public async Task It_names_the_ring_s_own_issuer_and_where_its_keys_and_tokens_are()
    {
        var node = await installation.StartNode();
        var ring = RingId.Parse("orders");
        Node.Admitted(await node.Rings.Put(ring, new PutRing("ES256"), Installation.Call()));

        using var json = JsonDocument.Parse((await node.Get<IPublishedKeys>().Get(ring))!.Discovery.Plain);

        Assert.Equal("https://issuer.example/rings/orders", Text("issuer"));
        Assert.Equal("https://issuer.example/rings/orders/.well-known/jwks.json", Text("jwks_uri"));
        Assert.Equal("https://issuer.example/rings/orders/oauth2/token", Text("token_endpoint"));
        Assert.Equal("https://issuer.example/rings/orders/oauth2/introspect", Text("introspection_endpoint"));
        Assert.Equal("https://issuer.example/rings/orders/oauth2/revoke", Text("revocation_endpoint"));
        Assert.Equal("https://issuer.example/api/v1/revocations/orders", Text("tumbler_revocations_uri"));
        Assert.Equal(Texts("token_endpoint_auth_methods_supported"), Texts("introspection_endpoint_auth_methods_supported"));
        Assert.Equal(Texts("token_endpoint_auth_methods_supported"), Texts("revocation_endpoint_auth_methods_supported"));
        Assert.Equal(["client_credentials"], Texts("grant_types_supported"));
        Assert.Equal(
            ["client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"],
            Texts("token_endpoint_auth_methods_supported"));
        Assert.Equal(Enum.GetNames<JwsAlgorithm>(), Texts("token_endpoint_auth_signing_alg_values_supported"));
        Assert.True(json.RootElement.GetProperty("tls_client_certificate_bound_access_tokens").GetBoolean());
        Assert.Equal(Enum.GetNames<JwsAlgorithm>(), Texts("id_token_signing_alg_values_supported"));

        string? Text(string name) => json.RootElement.GetProperty(name).GetString();

        IEnumerable<string?> Texts(string name) => json.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetString());
    }
}
