namespace Tumbler.Engine.Store;

/// <summary>An aggregate that was saved, and the version it had when that was asked.</summary>
public readonly record struct Changed<TId>(TId Id, VersionToken Version) where TId : struct;
