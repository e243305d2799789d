using System.Text.Json;
using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

/// <summary>Says for people what an export is. Nothing is verified by it.</summary>
public static class ExportManifest
{
    private const string WholeLog = "Entries written after the checkpoint.";

    private const string OneOrganization =
        "Entries written after the checkpoint; entries of other chains, even those that concern this organisation: changes of rings, security events.";

    /// <param name="hash">SHA-256 of <see cref="ExportFile.Entries"/>.</param>
    public static byte[] Of(AuditExport export, Checkpoint checkpoint, ReadOnlySpan<byte> hash)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", 1);
            json.WriteString("export", export.Id);
            json.WriteString("origin", checkpoint.Origin);
            json.WriteString("organization", export.Org);
            json.WriteString("requested_at", AuditForm.Time(export.RequestedAt));
            json.WriteNumber("checkpoint", checkpoint.Number);
            json.WriteString("checkpoint_time", AuditForm.Time(checkpoint.Time));
            json.WriteNumber("chains", export.Org is null ? checkpoint.Size : 1);
            json.WriteNumber("entries", export.EntriesDone);
            json.WriteString("audit_jsonl_sha256", Convert.ToHexStringLower(hash));
            json.WriteStartArray("files");
            foreach (var file in export.Files ?? [])
                json.WriteStringValue(file);
            json.WriteEndArray();
            json.WriteString("not_included", export.Org is null ? WholeLog : OneOrganization);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
