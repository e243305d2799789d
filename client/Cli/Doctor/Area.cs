namespace Tumbler.Cli.Doctor;

/// <summary>One part of a set-up.</summary>
/// <param name="Name">For people: <c>key set</c>.</param>
/// <param name="Check">What is wrong with it.</param>
/// <param name="Shows">What was seen of it, in a few words; null when it was not looked at.</param>
internal sealed record Area(string Name, Func<Facts, IEnumerable<Finding>> Check, Func<Facts, string?> Shows);
