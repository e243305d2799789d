using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tumbler.Cli;

/// <summary>What the commands of operation send, read and print.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class OperationsJson : JsonSerializerContext;
