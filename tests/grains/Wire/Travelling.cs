using System.Reflection;
using System.Text.Json.Serialization;
using Orleans;
using Tumbler.Contracts.Calls;
using Tumbler.Grains.Keys;

namespace Tumbler.Grains.Tests.Wire;

/// <summary>What silos say to each other: the calls, and every type in their arguments and answers.</summary>
internal static class Travelling
{
    private static readonly Assembly Contracts = typeof(CallContext).Assembly;

    public static IReadOnlyList<Type> Interfaces { get; } =
    [
        .. typeof(IKeyRingGrain).Assembly.GetTypes()
            .Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    public static IEnumerable<MethodInfo> Calls(Type grain) => grain.GetInterfaces().Prepend(grain)
        .Where(type => type.Assembly == Contracts || type.Assembly == grain.Assembly)
        .SelectMany(type => type.GetMethods())
        .OrderBy(method => method.DeclaringType!.Name, StringComparer.Ordinal)
        .ThenBy(method => method.Name, StringComparer.Ordinal)
        .ThenBy(method => method.GetParameters().Length);

    /// <summary>The arguments and answers themselves.</summary>
    public static IEnumerable<Type> Roots => Interfaces
        .SelectMany(Calls)
        .SelectMany(call => call.GetParameters().Select(parameter => parameter.ParameterType).Append(Answer(call)))
        .Where(type => type.Assembly == Contracts)
        .Distinct();

    /// <summary>The same, and what they are made of.</summary>
    public static IReadOnlyList<Type> Types
    {
        get
        {
            var found = new HashSet<Type>();
            foreach (var root in Roots)
                Add(root, found);
            return [.. found.OrderBy(Name, StringComparer.Ordinal)];
        }
    }

    public static Type Answer(MethodInfo call) =>
        call.ReturnType.IsGenericType ? call.ReturnType.GetGenericArguments()[0] : typeof(void);

    public static string Name(Type type) => !type.IsGenericType ? type.Name
        : Nullable.GetUnderlyingType(type) is { } underlying ? $"{Name(underlying)}?"
        : $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";

    /// <summary>None for what travels as one text.</summary>
    public static IEnumerable<PropertyInfo> Members(Type type) => type.IsDefined(typeof(JsonConverterAttribute)) ? [] :
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(member => member.GetIndexParameters().Length == 0);

    private static void Add(Type type, HashSet<Type> found)
    {
        foreach (var argument in type.GetGenericArguments())
            Add(argument, found);
        if (type.Assembly != Contracts || !found.Add(type) || type.IsEnum)
            return;
        foreach (var member in Members(type))
            Add(member.PropertyType, found);
    }
}
