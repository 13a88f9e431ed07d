using Akka.Util;

namespace Akka.Actor;

/// <summary>Where an actor system is: protocol://system or protocol://system@host:port.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>, IComparable, ISurrogated, ICloneable
{
    /// <summary>Belongs to no system; the address of references that lead nowhere.</summary>
    public static readonly Address AllSystems = new("akka", "all-systems");

    private string? _text;

    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
    }

    public static IComparer<Address> Comparer { get; } = Comparer<Address>.Default;

    public string? Host { get; }

    public int? Port { get; }

    public string System { get; }

    public string Protocol { get; }

    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    public bool HasGlobalScope => !HasLocalScope;

    public static Address Parse(string address) =>
        TryParse(address, out var parsed)
            ? parsed
            : throw new UriFormatException(
                $"'{address}' is no address; expected protocol://system[@host:port].");

    public static bool TryParse(
        string path, [global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Address? address) =>
        TryParse(path, out address, out _);

    /// <summary>Also gives what follows the address: "/" and the path, or "/" alone.</summary>
    public static bool TryParse(
        string path,
        [global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Address? address,
        out string absolutUri)
    {
        address = null;
        absolutUri = "/";
        var schemeEnd = path.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd <= 0)
            return false;
        var protocol = path[..schemeEnd].ToLowerInvariant();
        var rest = path[(schemeEnd + 3)..];
        var slash = rest.IndexOf('/');
        var authority = slash < 0 ? rest : rest[..slash];
        if (slash >= 0)
            absolutUri = rest[slash..];
        var at = authority.IndexOf('@');
        if (at < 0)
        {
            if (authority.Length == 0)
                return false;
            address = new Address(protocol, authority);
            return true;
        }
        var hostPort = authority[(at + 1)..];
        var colon = hostPort.LastIndexOf(':');
        if (at == 0 || colon <= 0 || !int.TryParse(hostPort.AsSpan(colon + 1), out var port))
            return false;
        address = new Address(protocol, authority[..at], hostPort[..colon], port);
        return true;
    }

    public string HostPort() => ToString()[(Protocol.Length + 3)..];

    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);

    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    public object Clone() => new Address(Protocol, System, Host, Port);

    public int CompareTo(Address? other)
    {
        if (other is null)
            return 1;
        var result = string.CompareOrdinal(Protocol, other.Protocol);
        if (result == 0)
            result = string.CompareOrdinal(System, other.System);
        if (result == 0)
            result = string.CompareOrdinal(Host ?? "", other.Host ?? "");
        return result != 0 ? result : (Port ?? 0).CompareTo(other.Port ?? 0);
    }

    int IComparable.CompareTo(object? obj) => CompareTo(obj as Address);

    public bool Equals(Address? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Port == other.Port && Host == other.Host && System == other.System
            && Protocol == other.Protocol);

    public override bool Equals(object? obj) => Equals(obj as Address);

    public override int GetHashCode() => HashCode.Combine(Protocol, System, Host, Port);

    public override string ToString() =>
        _text ??= Host is null ? $"{Protocol}://{System}" : $"{Protocol}://{System}@{Host}:{Port}";

    public ISurrogate ToSurrogate(ActorSystem system) =>
        new AddressSurrogate { Protocol = Protocol, System = System, Host = Host, Port = Port };

    public static bool operator ==(Address? left, Address? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(Address? left, Address? right) => !(left == right);

    public sealed class AddressSurrogate : ISurrogate
    {
        public string Protocol { get; set; } = "";

        public string System { get; set; } = "";

        public string? Host { get; set; }

        public int? Port { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) => new Address(Protocol, System, Host, Port);
    }
}
