namespace Tumbler.Cli.Doctor;

/// <summary>The key set as clients get it, through whatever stands before the server.</summary>
/// <param name="Problem">Why there is none; null when there is one.</param>
/// <param name="MaxAge">For how long a cache may keep it; null where no header says so.</param>
/// <param name="Age">For how long a cache has had it.</param>
/// <param name="ForbidsCaches">Whether a header says that nobody may keep it.</param>
internal sealed record KeySetFacts(
    string? Problem, IReadOnlyList<string> Kids, TimeSpan? MaxAge = null, TimeSpan? Age = null, bool ForbidsCaches = false, bool HasETag = false);
