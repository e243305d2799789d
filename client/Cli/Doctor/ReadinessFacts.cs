namespace Tumbler.Cli.Doctor;

/// <param name="Status"><c>ready</c>, <c>degraded</c> or <c>not_ready</c>; whatever else a gateway answers by itself.</param>
/// <param name="Checks">Null where they are not shown to this caller.</param>
internal sealed record ReadinessFacts(string Status, IReadOnlyList<ReadinessFacts.Check>? Checks)
{
    internal sealed record Check(string Name, bool Ok, string? Reason, bool Needed = true);
}
