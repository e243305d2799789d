namespace Tumbler.Contracts.Audit;

/// <param name="Timestamp">Whether a time-stamping authority shall confirm the export; default: not.</param>
public sealed record ExportAuditLog(bool? Timestamp = null);
