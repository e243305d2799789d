using System.Text.Json.Serialization;
using Tumbler.Cli.Keys;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Cluster;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Cli.Servers;

/// <summary>Everything that goes to the server or comes from it. Members in snake_case; what is not given is not sent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(Choice<ApiKeyState>),
        typeof(Choice<ClientAuthMethod>),
        typeof(Choice<JwsAlgorithm>),
        typeof(Choice<KeyFormat>),
        typeof(Choice<KeyOrigin>),
        typeof(Choice<KeyState>),
        typeof(Choice<OrganizationStatus>),
    ])]
[JsonSerializable(typeof(Login))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Page<RingView>), TypeInfoPropertyName = "RingPage")]
[JsonSerializable(typeof(RingView))]
[JsonSerializable(typeof(PutRing))]
[JsonSerializable(typeof(RotateRing))]
[JsonSerializable(typeof(WithdrawKey))]
[JsonSerializable(typeof(RotationView))]
[JsonSerializable(typeof(Page<KeyView>), TypeInfoPropertyName = "KeyPage")]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(ExportKey))]
[JsonSerializable(typeof(ExportedKey))]
[JsonSerializable(typeof(ImportKey))]
[JsonSerializable(typeof(Page<OrganizationView>), TypeInfoPropertyName = "OrganizationPage")]
[JsonSerializable(typeof(OrganizationView))]
[JsonSerializable(typeof(CreateOrganization))]
[JsonSerializable(typeof(UpdateOrganization))]
[JsonSerializable(typeof(Page<ApiKeyView>), TypeInfoPropertyName = "ApiKeyPage")]
[JsonSerializable(typeof(ApiKeyView))]
[JsonSerializable(typeof(CreateApiKey))]
[JsonSerializable(typeof(ChangeApiKey))]
[JsonSerializable(typeof(IssuedApiKey))]
[JsonSerializable(typeof(RotateApiKeys))]
[JsonSerializable(typeof(RotatedApiKeys))]
[JsonSerializable(typeof(VerifyApiKey))]
[JsonSerializable(typeof(ApiKeyVerdict))]
[JsonSerializable(typeof(Page<ClientView>), TypeInfoPropertyName = "ClientPage")]
[JsonSerializable(typeof(ClientView))]
[JsonSerializable(typeof(ClusterView))]
[JsonSerializable(typeof(ServerTime))]
internal sealed partial class CliJson : JsonSerializerContext;
