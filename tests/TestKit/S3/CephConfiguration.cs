namespace QualityIngest.TestKit.S3;

/// <summary>The configuration of a cluster of one monitor, one object store in memory and one S3 gateway, all on loopback.</summary>
internal static class CephConfiguration
{
    /// <summary>The text of <c>ceph.conf</c>.</summary>
    public static string Text(string directory, Guid cluster, int monitorPort, int gatewayPort) => $"""
        [global]
        fsid = {cluster}
        mon_host = v2:127.0.0.1:{monitorPort}
        public_addr = 127.0.0.1
        cluster_addr = 127.0.0.1
        ms_bind_ipv6 = false
        auth_cluster_required = none
        auth_service_required = none
        auth_client_required = none
        keyring = {directory}/keyring
        admin_socket =
        log_file = {directory}/$name.log
        mon_cluster_log_file = {directory}/cluster.log
        pid_file = {directory}/$name.daemon
        run_dir = {directory}
        crash_dir = {directory}/crash
        mon_data = {directory}/mon
        osd_data = {directory}/osd
        rgw_data = {directory}/rgw
        paxos_propose_interval = 0.02
        paxos_min_wait = 0.01
        osd_objectstore = memstore
        memstore_device_bytes = 4G
        osd_crush_chooseleaf_type = 0
        osd_pool_default_size = 1
        osd_pool_default_min_size = 1
        osd_pool_default_pg_num = 1
        osd_pool_default_pgp_num = 1
        osd_pool_default_pg_autoscale_mode = off
        osd_min_pg_log_entries = 10
        osd_max_pg_log_entries = 20
        osd_pg_log_dups_tracked = 10
        osd_pg_log_trim_min = 5
        mon_allow_pool_size_one = true
        mon_max_pg_per_osd = 1000

        [client.rgw.a]
        ms_mon_client_mode = crc
        # Not beast: it corrupts the request after a small refused PUT. Without tcp_nodelay a GET takes 44 ms.
        rgw_frontends = civetweb port=127.0.0.1:{gatewayPort} tcp_nodelay=1
        rgw_enable_usage_log = false
        rgw_enable_ops_log = false
        rgw_s3_auth_use_sts = true
        rgw_s3_auth_order = local, sts
        rgw_sts_key = abcdefghijklmnop
        rgw_override_bucket_index_max_shards = 1

        """;
}
