namespace Tumbler.Engine.Store;

/// <param name="Version">The version of what was saved; <see cref="VersionToken.None"/> unless saved.</param>
public readonly record struct SaveResult(SaveOutcome Outcome, VersionToken Version)
{
    public static SaveResult Saved(VersionToken version) => new(SaveOutcome.Saved, version);

    public static SaveResult Conflict { get; } = new(SaveOutcome.Conflict, VersionToken.None);

    public static SaveResult Unavailable { get; } = new(SaveOutcome.Unavailable, VersionToken.None);
}
