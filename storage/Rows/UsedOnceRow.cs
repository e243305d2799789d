namespace Tumbler.Storage.Rows;

/// <param name="At">When it was used: what had had its time by then may be forgotten.</param>
internal sealed record UsedOnceRow(string Hash, DateTimeOffset Until, DateTimeOffset At);
