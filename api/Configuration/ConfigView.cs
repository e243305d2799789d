namespace Tumbler.Api.Configuration;

/// <param name="Node">Whose settings these are.</param>
/// <param name="ReadAt">When they were read, at the start or later.</param>
/// <param name="Settings">By name.</param>
public sealed record ConfigView(string Node, string Environment, DateTimeOffset ReadAt, IReadOnlyList<SettingView> Settings);
