type EnvironmentConfig = {
    services?: Record<string, ServiceConfig | null>;
    sharedVariables?: VariableValues;
    volumes?: Record<string, VolumeConfig | null>;
    buckets?: Record<string, BucketConfig | null>;
    groups?: Record<string, GroupConfig | null>;
    privateNetworkDisabled?: boolean | null;
    degraded?: string[] | null;
    stopServices?: string[] | null;
};
type ServiceConfig = {
    source?: ServiceSource | null;
    networking?: ServiceNetworking | null;
    variables?: VariableValues | null;
    build?: BuildConfig | null;
    deploy?: DeployConfig | null;
    configFile?: string | null;
    volumeMounts?: Record<string, VolumeMount | null> | null;
    isDeleted?: boolean | null;
    isCreated?: boolean | null;
    parentServiceId?: string | null;
    groupId?: string | null;
    clusterRole?: "root" | "replica" | "internal" | "edge" | null;
    replicaConfig?: {
        minReplicas?: number | null;
        maxReplicas?: number | null;
        step?: number | null;
        scalable?: boolean | null;
    } | null;
    clusterDisplay?: {
        badge?: string | null;
        badgeVariant?: "primary" | "secondary" | "muted" | null;
    } | null;
};
type ServiceSource = {
    image?: string | null;
    repo?: string | null;
    branch?: string | null;
    commitSha?: string | null;
    upstreamUrl?: string | null;
    rootDirectory?: string | null;
    checkSuites?: boolean | null;
    autoUpdates?: {
        type?: "disabled" | "patch" | "minor" | null;
        schedule?: unknown;
        tagMode?: "semver" | "sha" | null;
    } | null;
};
type ServiceNetworking = {
    serviceDomains?: Record<string, DomainConfig | null> | null;
    customDomains?: Record<string, DomainConfig | null> | null;
    tcpProxies?: Record<string, Record<string, never> | null> | null;
    privateNetworkEndpoint?: string | null;
};
type DomainConfig = {
    port?: number | null;
};
type VariableValues = Record<string, VariableConfig | null>;
type VariableConfig = {
    description?: string | null;
    defaultValue?: string | null;
    isOptional?: boolean | null;
    isSealed?: boolean | null;
    value?: string | null;
    generator?: string | null;
    encryptedValue?: string | null;
    preserveExisting?: boolean | null;
};
type BuildConfig = {
    builder?: "NIXPACKS" | "DOCKERFILE" | "RAILPACK" | "HEROKU" | "PAKETO" | null;
    watchPatterns?: string[] | null;
    buildCommand?: string | null;
    buildEnvironment?: "V2" | "V3" | null;
    dockerfilePath?: string | null;
    nixpacksConfigPath?: string | null;
    nixpacksPlan?: unknown;
    nixpacksVersion?: string | null;
    railpackVersion?: string | null;
};
type DeployConfig = {
    startCommand?: string | null;
    preDeployCommand?: string[] | null;
    numReplicas?: number | null;
    healthcheckPath?: string | null;
    healthcheckTimeout?: number | null;
    sleepApplication?: boolean | null;
    runtime?: string | null;
    registryCredentials?: {
        username?: string;
        password?: string;
    } | null;
    restartPolicyType?: "ON_FAILURE" | "ALWAYS" | "NEVER" | null;
    restartPolicyMaxRetries?: number | null;
    cronSchedule?: string | null;
    region?: string | null;
    multiRegionConfig?: Record<string, {
        numReplicas?: number | null;
        stackerAssignment?: string | null;
    } | null> | null;
    limitOverride?: {
        containers?: {
            cpu?: number | null;
            memoryBytes?: number | null;
            diskBytes?: number | null;
        } | null;
    } | null;
    requiredMountPath?: string | null;
    overlapSeconds?: number | null;
    drainingSeconds?: number | null;
    useLegacyStacker?: boolean | null;
    ipv6EgressEnabled?: boolean | null;
};
type VolumeMount = {
    mountPath?: string | null;
    backupSchedules?: Array<"DAILY" | "WEEKLY" | "MONTHLY"> | null;
};
type VolumeConfig = {
    sizeMB?: number | null;
    region?: string | null;
    alerts?: {
        usage?: Record<string, Record<string, never> | null> | null;
    } | null;
    isDeleted?: boolean | null;
    isCreated?: boolean | null;
    allowOnlineResize?: boolean | null;
    forkFromBaseEnvironment?: boolean | null;
};
type BucketRegion = "sjc" | "iad" | "ams" | "sin";
type BucketConfig = {
    region?: BucketRegion | null;
    isDeleted?: boolean | null;
    isCreated?: boolean | null;
};
type GroupConfig = {
    name?: string | null;
    color?: string | null;
    icon?: string | null;
    isCollapsed?: boolean | null;
    isDeleted?: boolean | null;
    isCreated?: boolean | null;
};

declare const RAILWAY_GRAPH_VERSION: 1;
type GraphVersion = typeof RAILWAY_GRAPH_VERSION;
type ResourceType = "service" | "database" | "volume" | "bucket" | "group";
type ResourceAddress = `${ResourceType}.${string}`;
interface RailwayGraph {
    version: GraphVersion;
    project: ProjectNode;
    environments: EnvironmentNode[];
    resources: ResourceNode[];
    edges: Edge[];
}
interface ProjectNode {
    name: string;
}
interface EnvironmentNode {
    name: string;
}
interface GraphResourceBase {
    /** Deterministic graph handle. Remote Railway IDs live in bindings/lock state. */
    address: ResourceAddress;
    type: ResourceType;
    name: string;
    groupId?: string;
}
type ResourceNode = ServiceNode | DatabaseNode | VolumeNode | BucketNode | GroupNode;
type ServiceKind = "empty" | "github" | "docker-image" | "database" | "function" | "template";
interface SourceConfig extends ServiceSource {
    type: "github" | "image" | "empty" | "template";
    repo?: string | null;
    image?: string | null;
    template?: string | null;
}
interface ServiceNode extends GraphResourceBase {
    address: `service.${string}`;
    type: "service";
    kind: ServiceKind;
    source?: SourceConfig;
    build?: BuildConfig;
    deploy?: DeployConfig;
    networking?: ServiceNetworking;
    variables?: Record<string, VariableValue>;
    volumeMounts?: Record<string, VolumeMount | null>;
    volumeAttachments?: Record<string, {
        volume: ResourceAddress;
        mountPath: string;
        backupSchedules?: VolumeMount["backupSchedules"];
        volumeConfig?: VolumeConfig;
    }>;
    configFile?: string;
    parentServiceId?: string;
    groupId?: string;
    clusterRole?: ServiceConfig["clusterRole"];
    replicaConfig?: ServiceConfig["replicaConfig"];
    clusterDisplay?: ServiceConfig["clusterDisplay"];
}
interface DatabaseNode extends Omit<ServiceNode, "address" | "id" | "type" | "kind"> {
    address: `database.${string}`;
    type: "database";
    kind: "database";
    engine: "postgres" | "mysql" | "redis" | "mongo" | "private";
    image: string;
    output: string;
    defaultMountPath?: string;
}
interface VolumeNode extends GraphResourceBase {
    address: `volume.${string}`;
    type: "volume";
    config?: VolumeConfig;
}
interface BucketNode extends GraphResourceBase {
    address: `bucket.${string}`;
    type: "bucket";
    config?: BucketConfig;
}
interface GroupNode extends GraphResourceBase {
    address: `group.${string}`;
    type: "group";
    color?: string;
    icon?: string;
    isCollapsed?: boolean;
}
type VariableValue = ({
    type: "literal";
} & VariableConfig) | {
    type: "reference";
    resource: ResourceAddress;
    output: string;
} | {
    type: "sharedReference";
    name: string;
} | {
    type: "preserve";
} | {
    type: "raw";
    value: VariableConfig;
};
interface Edge {
    from: ResourceAddress;
    to: ResourceAddress;
    type: "variable" | "mount" | "group";
    key?: string;
}
type GroupableResourceNode = ResourceNode;
type GroupableResourceInput = GroupableResourceNode | GroupableResourceNode[];
type ProjectResourceInput = ResourceNode | ResourceNode[];
interface ProjectDefinition {
    name: string;
    environments?: string[];
    resources?: ProjectResourceInput[];
    /** @deprecated Use resources instead. */
    services?: ProjectResourceInput[];
}
interface GraphCompileOptions {
    serviceIdsByName?: Record<string, string>;
    existingServiceIds?: string[];
    volumeIdsByServiceName?: Record<string, string>;
    volumeIdsByName?: Record<string, string>;
    bucketIdsByName?: Record<string, string>;
}
interface CompileResult {
    graph: RailwayGraph;
    desiredConfig: EnvironmentConfig;
}
interface GraphIndex {
    byAddress: Map<ResourceAddress, ResourceNode>;
    byTypeAndName: Map<`${ResourceType}:${string}`, ResourceNode>;
}
declare function resourceAddress(type: ResourceType, name: string): ResourceAddress;
declare function indexGraph(graph: RailwayGraph): GraphIndex;
declare function validateGraph(graph: RailwayGraph): string[];

interface RailwayIacServiceMap {
}
interface RailwayIacDatabaseMap {
}
interface RailwayIacBucketMap {
}
interface RailwayIacVolumeMap {
}
interface RailwayIacResourceMap {
}
type KnownName<T> = [keyof T] extends [never] ? string : Extract<keyof T, string>;
type RailwayServiceName = KnownName<RailwayIacServiceMap>;
type RailwayDatabaseName = KnownName<RailwayIacDatabaseMap>;
type RailwayBucketName = KnownName<RailwayIacBucketMap>;
type RailwayVolumeName = KnownName<RailwayIacVolumeMap>;
type RailwayResourceName = KnownName<RailwayIacResourceMap>;

interface RailwayContextInput {
    command?: string;
    projectId?: string;
    projectName?: string;
    environmentId?: string;
    environment?: string;
    environmentName?: string;
}
interface RailwayContext extends RailwayContextInput {
    randomString: (label?: string, bytes?: number) => string;
    isEnvironment: (name: string) => boolean;
    shared: SharedVariableRef;
}
type RailwayProgram = (ctx: RailwayContext, project: (name: string, definition: Omit<ProjectDefinition, "name">) => ProjectDefinition) => ProjectDefinition | Promise<ProjectDefinition>;
declare function defineRailway(program: RailwayProgram): RailwayProgram;
declare const define: typeof defineRailway;
declare function project(name: string, definition: Omit<ProjectDefinition, "name">): ProjectDefinition;
declare function createRailwayContext(input?: RailwayContextInput): RailwayContext;
type RegionConfig = number | {
    count?: number;
    replicas?: number;
    stacker?: string | null;
};
interface IntentServiceConfig {
    source?: SourceConfig | Omit<SourceConfig, "type">;
    root?: string;
    rootDirectory?: string;
    build?: string | BuildConfig;
    deploy?: DeployConfig;
    run?: {
        command?: string;
        preDeploy?: string | string[];
        healthcheck?: string;
        healthcheckTimeout?: number;
    };
    start?: string;
    startCommand?: string;
    preDeploy?: string | string[];
    preDeployCommand?: string | string[];
    healthcheck?: string;
    healthcheckPath?: string;
    healthcheckTimeout?: number;
    replicas?: number | Record<string, RegionConfig>;
    regions?: Record<string, RegionConfig>;
    networking?: ServiceNetworking;
    domains?: Array<string | {
        domain: string;
        port?: number;
    }>;
    tcp?: Array<string | number>;
    tcpProxies?: string[];
    env?: Record<string, string | VariableConfig | VariableValue>;
    variables?: Record<string, string | VariableConfig | VariableValue>;
    volumeMounts?: Record<string, VolumeMount | null | VolumeNode>;
    configFile?: string;
    parentServiceId?: string;
    groupId?: string;
    clusterRole?: ServiceConfig["clusterRole"];
    replicaConfig?: ServiceConfig["replicaConfig"];
    clusterDisplay?: ServiceConfig["clusterDisplay"];
}
type ServiceConfigInput = IntentServiceConfig;
type RailwayProvidedVariable = "RAILWAY_PUBLIC_DOMAIN" | "RAILWAY_PRIVATE_DOMAIN" | "RAILWAY_TCP_PROXY_DOMAIN" | "RAILWAY_TCP_PROXY_PORT" | "RAILWAY_DEPLOYMENT_ID" | "RAILWAY_DEPLOYMENT_DRAINING_SECONDS" | "RAILWAY_ENVIRONMENT" | "RAILWAY_ENVIRONMENT_ID" | "RAILWAY_PROJECT_ID" | "RAILWAY_PROJECT_NAME" | "RAILWAY_SERVICE_ID" | "RAILWAY_SERVICE_NAME" | "RAILWAY_REPLICA_ID" | "PORT";
type PostgresVariable = RailwayProvidedVariable | "DATABASE_PUBLIC_URL" | "DATABASE_URL" | "PGDATA" | "PGDATABASE" | "PGHOST" | "PGPASSWORD" | "PGPORT" | "PGUSER" | "POSTGRES_DB" | "POSTGRES_PASSWORD" | "POSTGRES_USER" | "SSL_CERT_DAYS";
type RedisVariable = RailwayProvidedVariable | "REDIS_PASSWORD" | "REDIS_PUBLIC_URL" | "REDIS_URL" | "REDISHOST" | "REDISPASSWORD" | "REDISPORT" | "REDISUSER";
type MongoVariable = RailwayProvidedVariable | "MONGO_INITDB_ROOT_PASSWORD" | "MONGO_INITDB_ROOT_USERNAME" | "MONGO_PUBLIC_URL" | "MONGO_URL" | "MONGOHOST" | "MONGOPASSWORD" | "MONGOPORT" | "MONGOUSER";
type MySqlVariable = RailwayProvidedVariable | "MYSQL_DATABASE" | "MYSQL_PUBLIC_URL" | "MYSQL_ROOT_PASSWORD" | "MYSQL_URL" | "MYSQLDATABASE" | "MYSQLHOST" | "MYSQLPASSWORD" | "MYSQLPORT" | "MYSQLUSER";
type DatabaseVariable<E extends DatabaseNode["engine"]> = E extends "postgres" ? PostgresVariable : E extends "redis" ? RedisVariable : E extends "mongo" ? MongoVariable : E extends "mysql" ? MySqlVariable : RailwayProvidedVariable | string;
type ServiceVariableRef<K extends string = RailwayProvidedVariable | string> = {
    readonly [P in K]: VariableValue;
};
type SharedVariableRef = {
    readonly [name: string]: VariableValue;
} & {
    readonly [name: string]: any;
};
type ReferencableServiceNode<K extends string = RailwayProvidedVariable | string> = ServiceNode & {
    readonly env: ServiceVariableRef<K>;
};
type ReferencableDatabaseNode<E extends DatabaseNode["engine"]> = DatabaseNode & {
    readonly env: ServiceVariableRef<DatabaseVariable<E>>;
};
declare function github(repo: string, options?: Omit<SourceConfig, "type" | "repo" | "image" | "autoUpdates">): SourceConfig;
declare function image(imageName: string, options?: Pick<SourceConfig, "rootDirectory" | "autoUpdates">): SourceConfig;
declare function template(templateName: string, options?: Omit<SourceConfig, "type" | "template">): SourceConfig;
declare function empty(): SourceConfig;
declare function service<const Env extends Record<string, string | VariableConfig | VariableValue> = {}>(name: string, config?: Omit<ServiceConfigInput, "env" | "variables"> & {
    env?: Env;
    variables?: Env;
}): ReferencableServiceNode<RailwayProvidedVariable | Extract<keyof Env, string>>;
declare function fn<const Env extends Record<string, string | VariableConfig | VariableValue> = {}>(name: string, config?: Omit<ServiceConfigInput, "env" | "variables"> & {
    env?: Env;
    variables?: Env;
}): ReferencableServiceNode<RailwayProvidedVariable | Extract<keyof Env, string>>;
interface DatabaseConfig {
    region?: string;
}
declare function postgres(name: string, config?: DatabaseConfig): ReferencableDatabaseNode<"postgres">;
declare function mysql(name: string, config?: DatabaseConfig): ReferencableDatabaseNode<"mysql">;
declare function redis(name: string, config?: DatabaseConfig): ReferencableDatabaseNode<"redis">;
declare function mongo(name: string, config?: DatabaseConfig): ReferencableDatabaseNode<"mongo">;
declare function database<E extends DatabaseNode["engine"]>(name: string, engine: E, options: {
    image: string;
    output?: string;
    defaultMountPath?: string;
    region?: string;
}): ReferencableDatabaseNode<E>;
declare function volume(name: string, config?: VolumeConfig): VolumeNode;
declare function bucket(name: string, config?: BucketConfig): BucketNode;
declare function group(name: string, resources: GroupableResourceInput[], options?: Omit<GroupNode, "address" | "type" | "name">): GroupableResourceNode[];
declare function group(name: string, options?: Omit<GroupNode, "address" | "type" | "name">): GroupNode;
declare function ref(resource: ResourceNode, output: string): VariableValue;
declare function preserve(): VariableValue;

type index_BucketConfig = BucketConfig;
type index_BucketNode = BucketNode;
type index_BucketRegion = BucketRegion;
type index_BuildConfig = BuildConfig;
type index_CompileResult = CompileResult;
type index_DatabaseConfig = DatabaseConfig;
type index_DatabaseNode = DatabaseNode;
type index_DatabaseVariable<E extends DatabaseNode["engine"]> = DatabaseVariable<E>;
type index_DeployConfig = DeployConfig;
type index_DomainConfig = DomainConfig;
type index_Edge = Edge;
type index_EnvironmentConfig = EnvironmentConfig;
type index_EnvironmentNode = EnvironmentNode;
type index_GraphCompileOptions = GraphCompileOptions;
type index_GraphIndex = GraphIndex;
type index_GraphResourceBase = GraphResourceBase;
type index_GraphVersion = GraphVersion;
type index_GroupConfig = GroupConfig;
type index_GroupNode = GroupNode;
type index_GroupableResourceInput = GroupableResourceInput;
type index_GroupableResourceNode = GroupableResourceNode;
type index_IntentServiceConfig = IntentServiceConfig;
type index_MongoVariable = MongoVariable;
type index_MySqlVariable = MySqlVariable;
type index_PostgresVariable = PostgresVariable;
type index_ProjectDefinition = ProjectDefinition;
type index_ProjectNode = ProjectNode;
type index_ProjectResourceInput = ProjectResourceInput;
declare const index_RAILWAY_GRAPH_VERSION: typeof RAILWAY_GRAPH_VERSION;
type index_RailwayBucketName = RailwayBucketName;
type index_RailwayContext = RailwayContext;
type index_RailwayContextInput = RailwayContextInput;
type index_RailwayDatabaseName = RailwayDatabaseName;
type index_RailwayGraph = RailwayGraph;
type index_RailwayIacBucketMap = RailwayIacBucketMap;
type index_RailwayIacDatabaseMap = RailwayIacDatabaseMap;
type index_RailwayIacResourceMap = RailwayIacResourceMap;
type index_RailwayIacServiceMap = RailwayIacServiceMap;
type index_RailwayIacVolumeMap = RailwayIacVolumeMap;
type index_RailwayProgram = RailwayProgram;
type index_RailwayProvidedVariable = RailwayProvidedVariable;
type index_RailwayResourceName = RailwayResourceName;
type index_RailwayServiceName = RailwayServiceName;
type index_RailwayVolumeName = RailwayVolumeName;
type index_RedisVariable = RedisVariable;
type index_ReferencableDatabaseNode<E extends DatabaseNode["engine"]> = ReferencableDatabaseNode<E>;
type index_ReferencableServiceNode<K extends string = RailwayProvidedVariable | string> = ReferencableServiceNode<K>;
type index_RegionConfig = RegionConfig;
type index_ResourceAddress = ResourceAddress;
type index_ResourceNode = ResourceNode;
type index_ResourceType = ResourceType;
type index_ServiceConfig = ServiceConfig;
type index_ServiceConfigInput = ServiceConfigInput;
type index_ServiceKind = ServiceKind;
type index_ServiceNetworking = ServiceNetworking;
type index_ServiceNode = ServiceNode;
type index_ServiceSource = ServiceSource;
type index_ServiceVariableRef<K extends string = RailwayProvidedVariable | string> = ServiceVariableRef<K>;
type index_SharedVariableRef = SharedVariableRef;
type index_SourceConfig = SourceConfig;
type index_VariableConfig = VariableConfig;
type index_VariableValue = VariableValue;
type index_VariableValues = VariableValues;
type index_VolumeConfig = VolumeConfig;
type index_VolumeMount = VolumeMount;
type index_VolumeNode = VolumeNode;
declare const index_bucket: typeof bucket;
declare const index_createRailwayContext: typeof createRailwayContext;
declare const index_database: typeof database;
declare const index_define: typeof define;
declare const index_defineRailway: typeof defineRailway;
declare const index_empty: typeof empty;
declare const index_fn: typeof fn;
declare const index_github: typeof github;
declare const index_group: typeof group;
declare const index_image: typeof image;
declare const index_indexGraph: typeof indexGraph;
declare const index_mongo: typeof mongo;
declare const index_mysql: typeof mysql;
declare const index_postgres: typeof postgres;
declare const index_preserve: typeof preserve;
declare const index_project: typeof project;
declare const index_redis: typeof redis;
declare const index_ref: typeof ref;
declare const index_resourceAddress: typeof resourceAddress;
declare const index_service: typeof service;
declare const index_template: typeof template;
declare const index_validateGraph: typeof validateGraph;
declare const index_volume: typeof volume;
declare namespace index {
  export { type index_BucketConfig as BucketConfig, type index_BucketNode as BucketNode, type index_BucketRegion as BucketRegion, type index_BuildConfig as BuildConfig, type index_CompileResult as CompileResult, type index_DatabaseConfig as DatabaseConfig, type index_DatabaseNode as DatabaseNode, type index_DatabaseVariable as DatabaseVariable, type index_DeployConfig as DeployConfig, type index_DomainConfig as DomainConfig, type index_Edge as Edge, type index_EnvironmentConfig as EnvironmentConfig, type index_EnvironmentNode as EnvironmentNode, type index_GraphCompileOptions as GraphCompileOptions, type index_GraphIndex as GraphIndex, type index_GraphResourceBase as GraphResourceBase, type index_GraphVersion as GraphVersion, type index_GroupConfig as GroupConfig, type index_GroupNode as GroupNode, type index_GroupableResourceInput as GroupableResourceInput, type index_GroupableResourceNode as GroupableResourceNode, type index_IntentServiceConfig as IntentServiceConfig, type index_MongoVariable as MongoVariable, type index_MySqlVariable as MySqlVariable, type index_PostgresVariable as PostgresVariable, type index_ProjectDefinition as ProjectDefinition, type index_ProjectNode as ProjectNode, type index_ProjectResourceInput as ProjectResourceInput, index_RAILWAY_GRAPH_VERSION as RAILWAY_GRAPH_VERSION, type index_RailwayBucketName as RailwayBucketName, type index_RailwayContext as RailwayContext, type index_RailwayContextInput as RailwayContextInput, type index_RailwayDatabaseName as RailwayDatabaseName, type index_RailwayGraph as RailwayGraph, type index_RailwayIacBucketMap as RailwayIacBucketMap, type index_RailwayIacDatabaseMap as RailwayIacDatabaseMap, type index_RailwayIacResourceMap as RailwayIacResourceMap, type index_RailwayIacServiceMap as RailwayIacServiceMap, type index_RailwayIacVolumeMap as RailwayIacVolumeMap, type index_RailwayProgram as RailwayProgram, type index_RailwayProvidedVariable as RailwayProvidedVariable, type index_RailwayResourceName as RailwayResourceName, type index_RailwayServiceName as RailwayServiceName, type index_RailwayVolumeName as RailwayVolumeName, type index_RedisVariable as RedisVariable, type index_ReferencableDatabaseNode as ReferencableDatabaseNode, type index_ReferencableServiceNode as ReferencableServiceNode, type index_RegionConfig as RegionConfig, type index_ResourceAddress as ResourceAddress, type index_ResourceNode as ResourceNode, type index_ResourceType as ResourceType, type index_ServiceConfig as ServiceConfig, type index_ServiceConfigInput as ServiceConfigInput, type index_ServiceKind as ServiceKind, type index_ServiceNetworking as ServiceNetworking, type index_ServiceNode as ServiceNode, type index_ServiceSource as ServiceSource, type index_ServiceVariableRef as ServiceVariableRef, type index_SharedVariableRef as SharedVariableRef, type index_SourceConfig as SourceConfig, type index_VariableConfig as VariableConfig, type index_VariableValue as VariableValue, type index_VariableValues as VariableValues, type index_VolumeConfig as VolumeConfig, type index_VolumeMount as VolumeMount, type index_VolumeNode as VolumeNode, index_bucket as bucket, index_createRailwayContext as createRailwayContext, index_database as database, index_define as define, index_defineRailway as defineRailway, index_empty as empty, index_fn as fn, index_github as github, index_group as group, index_image as image, index_indexGraph as indexGraph, index_mongo as mongo, index_mysql as mysql, index_postgres as postgres, index_preserve as preserve, index_project as project, index_redis as redis, index_ref as ref, index_resourceAddress as resourceAddress, index_service as service, index_template as template, index_validateGraph as validateGraph, index_volume as volume };
}

export { type GroupNode as $, postgres as A, type BucketConfig as B, type CompileResult as C, type DatabaseConfig as D, type EnvironmentConfig as E, project as F, type GraphCompileOptions as G, redis as H, ref as I, resourceAddress as J, service as K, template as L, validateGraph as M, volume as N, type BuildConfig as O, type ProjectDefinition as P, type DatabaseVariable as Q, RAILWAY_GRAPH_VERSION as R, type ServiceConfigInput as S, type DeployConfig as T, type DomainConfig as U, type VariableValue as V, type Edge as W, type EnvironmentNode as X, type GraphResourceBase as Y, type GraphVersion as Z, type GroupConfig as _, type BucketNode as a, type GroupableResourceInput as a0, type GroupableResourceNode as a1, type IntentServiceConfig as a2, type MongoVariable as a3, type MySqlVariable as a4, type PostgresVariable as a5, type ProjectResourceInput as a6, type RailwayBucketName as a7, type RailwayContext as a8, type RailwayContextInput as a9, type RailwayDatabaseName as aa, type RailwayIacBucketMap as ab, type RailwayIacDatabaseMap as ac, type RailwayIacResourceMap as ad, type RailwayIacServiceMap as ae, type RailwayIacVolumeMap as af, type RailwayProvidedVariable as ag, type RailwayVolumeName as ah, type RedisVariable as ai, type ReferencableDatabaseNode as aj, type ReferencableServiceNode as ak, type RegionConfig as al, type ResourceType as am, type ServiceConfig as an, type ServiceKind as ao, type ServiceNetworking as ap, type ServiceSource as aq, type ServiceVariableRef as ar, type SharedVariableRef as as, type SourceConfig as at, type VariableConfig as au, type VariableValues as av, type VolumeConfig as aw, type VolumeMount as ax, type VolumeNode as ay, preserve as az, type BucketRegion as b, type DatabaseNode as c, type GraphIndex as d, type ProjectNode as e, type RailwayGraph as f, type RailwayProgram as g, type RailwayResourceName as h, type RailwayServiceName as i, type ResourceAddress as j, type ResourceNode as k, type ServiceNode as l, bucket as m, createRailwayContext as n, database as o, define as p, defineRailway as q, empty as r, fn as s, github as t, group as u, index as v, image as w, indexGraph as x, mongo as y, mysql as z };
