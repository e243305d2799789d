using System.Text.Json;
using System.Text.Json.Serialization;
using Tumbler.Storage.Journal.Rows;

namespace Tumbler.Storage.Rows;

/// <summary>Rows as JSON. Strict: a member that is unknown, missing or named twice comes from another version, and
/// whoever guessed at its meaning would write the guess back.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    Converters = [typeof(JwkConverter)])]
[JsonSerializable(typeof(HeaderRow))]
[JsonSerializable(typeof(BatchRow))]
[JsonSerializable(typeof(CommitRow))]
[JsonSerializable(typeof(AuditRow))]
[JsonSerializable(typeof(AuditRow[]))]
[JsonSerializable(typeof(ExportRow))]
[JsonSerializable(typeof(RevocationRow[]))]
internal sealed partial class RowJson : JsonSerializerContext;
