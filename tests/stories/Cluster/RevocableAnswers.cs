namespace Tumbler.Stories.Tests.Cluster;

/// <param name="Count">How many there were; a process that ends gives none.</param>
/// <param name="Taken">The ways in which one of the keys was taken.</param>
internal sealed record RevocableAnswers(int Count, IReadOnlyList<string> Taken);
