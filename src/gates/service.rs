//! Services that gates need: where a URL says they are, and whether anyone answers there.

use std::{
    net::{TcpStream, ToSocketAddrs},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long a service may take to accept a connection.
const PATIENCE: Duration = Duration::from_secs(1);

/// A service that a URL names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The name people use, such as `PostgreSQL`.
    pub name: String,
    /// The host, without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

/// The service that `url` names: `Ok(None)` when it needs none, as a file does.
///
/// # Errors
/// When `url` is not one, or has a scheme whose port is not known and none of its own.
pub fn named_by(url: &str) -> Result<Option<Service>, ()> {
    let (scheme, rest) = url.split_once("://").or_else(|| url.split_once(':')).ok_or(())?;
    // `postgresql+asyncpg` is PostgreSQL by way of a driver.
    let scheme = scheme.split('+').next().unwrap_or(scheme).to_ascii_lowercase();
    let (name, known) = match scheme.as_str() {
        "sqlite" | "duckdb" | "file" | "memory" | "mem" | "unix" | "redis-socket" => return Ok(None),
        "postgresql" | "postgres" => ("PostgreSQL", Some(5432)),
        "mysql" => ("MySQL", Some(3306)),
        "mariadb" => ("MariaDB", Some(3306)),
        "mssql" => ("SQL Server", Some(1433)),
        "oracle" => ("Oracle", Some(1521)),
        "redis" | "rediss" => ("Redis", Some(6379)),
        "valkey" | "valkeys" => ("Valkey", Some(6379)),
        "amqp" | "pyamqp" => ("RabbitMQ", Some(5672)),
        "amqps" => ("RabbitMQ", Some(5671)),
        "mongodb" => ("MongoDB", Some(27017)),
        "nats" => ("NATS", Some(4222)),
        "kafka" => ("Kafka", Some(9092)),
        "http" => ("a server", Some(80)),
        "https" => ("a server", Some(443)),
        _ => ("a service", None),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let places = authority.rsplit_once('@').map_or(authority, |(_, places)| places);
    // Of several hosts the first one stands for all.
    let place = places.split(',').next().unwrap_or("");
    let (host, port) = match place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, port)) => (host, port.strip_prefix(':')),
        None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    if host.is_empty() {
        // A socket file, as in `postgresql:///shop`.
        return if name == "a service" { Err(()) } else { Ok(None) };
    }
    let port = match port {
        Some(port) => port.parse().map_err(|_| ())?,
        None => known.ok_or(())?,
    };
    Ok(Some(Service { name: name.to_owned(), host: host.to_owned(), port }))
}

impl Service {
    /// Whether someone accepts a connection.
    pub fn answers(&self) -> bool {
        let (sender, receiver) = mpsc::channel();
        let place = (self.host.clone(), self.port);
        // In a thread, since looking up a name can take far longer than we want to wait.
        thread::spawn(move || {
            let addresses = place.to_socket_addrs().into_iter().flatten();
            let connected =
                addresses.map(|address| TcpStream::connect_timeout(&address, PATIENCE)).any(|it| it.is_ok());
            // Nobody listens any more when it took too long.
            let _ = sender.send(connected);
        });
        receiver.recv_timeout(PATIENCE).unwrap_or(false)
    }

    /// Host and port, as people write them.
    pub fn place(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_url_names_its_service() {
        let place = |url| named_by(url).unwrap().map(|it| format!("{} {}", it.name, it.place()));
        for (url, expected) in [
            ("postgresql+asyncpg://u:p@db/shop", Some("PostgreSQL db:5432")),
            ("postgres://u:p%40@localhost:5433/shop?x=@y:1", Some("PostgreSQL localhost:5433")),
            ("redis://[::1]:6380/0", Some("Redis [::1]:6380")),
            ("amqp://a:1,b:2", Some("RabbitMQ a:1")),
            ("custom://h:99", Some("a service h:99")),
            ("sqlite+aiosqlite:///./shop.db", None),
            ("sqlite://", None),
            ("file:///x", None),
            ("postgresql:///shop", None),
        ] {
            assert_eq!(place(url).as_deref(), expected, "{url}");
        }
        for bad in ["", "localhost", "custom://h", "redis://h:x", "custom:///x"] {
            assert_eq!(named_by(bad), Err(()), "{bad}");
        }
    }

    #[test]
    fn a_listener_answers_and_a_closed_port_does_not() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let service = Service { name: "it".into(), host: "localhost".into(), port };
        assert!(service.answers());
        drop(listener);
        assert!(!service.answers());
    }
}
