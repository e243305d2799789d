namespace Tumbler.Bench.Growth;

/// <param name="HashKey">Of its silo, as <paramref name="AuditKey"/>: what is made beside it has to be as if it had made it.</param>
internal sealed record SizedDatabase(int Size, string Name, string ConnectionString, byte[] HashKey, byte[] AuditKey);
