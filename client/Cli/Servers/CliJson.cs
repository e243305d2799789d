using System.Text.Json.Serialization;
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
internal sealed partial class CliJson : JsonSerializerContext;
