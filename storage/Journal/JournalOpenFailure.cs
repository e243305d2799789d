namespace Tumbler.Storage.Journal;

/// <summary>Why the store does not open. Nothing was overwritten.</summary>
/// <param name="Message">For the operator: names the directory or file, and what to do when that is not obvious.</param>
public sealed record JournalOpenFailure(string Message);
