/** Made by `npm run api:types` from the schemas of the routes: not to be edited. */
export interface paths {
    "/api/v1/analytics/gateway-totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Payments of each gateway against the orders paid through it, by month
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    group?: "hour" | "day" | "week" | "month";
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            items: components["schemas"]["GatewayTotal"][];
                            /** Format: date-time */
                            to: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/hour-weekday": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue by hour and day of the week
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    group?: "hour" | "day" | "week" | "month";
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            /** @description Monday (1) first */
                            items: {
                                count: number;
                                hour: number;
                                sum: string;
                                weekday: number;
                            }[];
                            /** Format: date-time */
                            to: string | null;
                            total: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/machine-months": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue of every machine by month of Tashkent
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    group?: "hour" | "day" | "week" | "month";
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            /** @description every machine, most revenue first */
                            items: {
                                machineCode: string | null;
                                machineName: string | null;
                                /** @description one a month, in the order of `months` */
                                months: components["schemas"]["CountAndSum"][];
                                total: components["schemas"]["CountAndSum"];
                            }[];
                            /** @description YYYY-MM of Tashkent, from the first to the last with revenue */
                            months: string[];
                            /** Format: date-time */
                            to: string | null;
                            /** @description all machines together, one a month */
                            totals: components["schemas"]["CountAndSum"][];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/machines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Machines with the most revenue
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    group?: "hour" | "day" | "week" | "month";
                    limit?: number;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            /** @description most revenue first */
                            items: {
                                /** @description per order */
                                average: string | null;
                                count: number;
                                machineCode: string | null;
                                machineName: string | null;
                                /** @description percent of all revenue */
                                share: string | null;
                                sum: string;
                            }[];
                            /** @description everything below the items */
                            rest: {
                                count: number;
                                items: number;
                                sum: string;
                            };
                            /** Format: date-time */
                            to: string | null;
                            total: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/payment-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue by payment type
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    group?: "hour" | "day" | "week" | "month";
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description no revenue: counted apart */
                            apart: {
                                test: components["schemas"]["CountAndSum"];
                                vip: components["schemas"]["CountAndSum"];
                            };
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            items: {
                                /** @description per order */
                                average: string | null;
                                count: number;
                                /** @enum {string} */
                                paymentType: "cash" | "card" | "qr" | "payme" | "click" | "uzum" | "vip" | "test" | "unknown";
                                refunded: components["schemas"]["CountAndSum"];
                                /** @description percent of all revenue */
                                share: string | null;
                                sum: string;
                                unpaid: components["schemas"]["CountAndSum"];
                            }[];
                            /** Format: date-time */
                            to: string | null;
                            total: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Products with the most revenue
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    group?: "hour" | "day" | "week" | "month";
                    limit?: number;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            /** @description most revenue first */
                            items: {
                                /** @description per order */
                                average: string | null;
                                count: number;
                                goodsName: string | null;
                                /** @description percent of all revenue */
                                share: string | null;
                                sum: string;
                            }[];
                            /** @description everything below the items */
                            rest: {
                                count: number;
                                items: number;
                                sum: string;
                            };
                            /** Format: date-time */
                            to: string | null;
                            total: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue, what is counted apart from it, and receipts against cash and card sales
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    group?: "hour" | "day" | "week" | "month";
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cached: boolean;
                            /** @description cash and card sales against the receipts of the same time; difference = receipts less returns less sales */
                            fiscal: {
                                difference: string;
                                receipts: components["schemas"]["CountAndSum"];
                                returns: components["schemas"]["CountAndSum"];
                                sales: components["schemas"]["CountAndSum"];
                            };
                            /** Format: date-time */
                            from: string | null;
                            /** @description that sold something */
                            machines: number;
                            /** @description part of the revenue: paid and not dispensed, to be given back */
                            refundDue: {
                                count: number;
                                sum: string;
                            };
                            refunded: components["schemas"]["CountAndSum"];
                            revenue: {
                                average: string | null;
                                count: number;
                                sum: string;
                            };
                            test: components["schemas"]["CountAndSum"];
                            /** Format: date-time */
                            to: string | null;
                            unpaid: components["schemas"]["CountAndSum"];
                            vip: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/time-series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue by hour, day, week or month of Tashkent
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    group?: "hour" | "day" | "week" | "month";
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cached: boolean;
                            /** @description false: there would be too many, so those without revenue are left out */
                            complete: boolean;
                            /** Format: date-time */
                            from: string | null;
                            /** @enum {string} */
                            group: "hour" | "day" | "week" | "month";
                            items: {
                                count: number;
                                /**
                                 * Format: date-time
                                 * @description start of the hour, day, week (Monday) or month in Tashkent
                                 */
                                from: string;
                                sum: string;
                            }[];
                            /** Format: date-time */
                            to: string | null;
                            total: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, when and from where, newest first
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: {
                    action?: string;
                    actorId?: string;
                    address?: string;
                    cursor?: string;
                    from?: string;
                    limit?: number;
                    requestId?: string;
                    subject?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["AuditEntry"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a password by an invitation, which is good once, and sign in with it; all sign-ins before it end */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        password: string;
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                400: components["responses"]["Fault400"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with e-mail and password */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        email: string;
                        password: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                400: components["responses"]["Fault400"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out; answered once it is stored
         * @description Role: any
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out everywhere: all tokens of this person
         * @description Role: any
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who I am
         * @description Role: any
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/ops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A short cookie for the queue dashboard at /ops/queues
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Another password; every other sign-in of this person ends
         * @description Role: any
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        currentPassword: string;
                        newPassword: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new access token by the refresh cookie, which is replaced
         * @description Role: any
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/telegram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with what Telegram signed: the fields of its Login Widget, or initData of the Mini App */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        initData: string;
                    } | ({
                        auth_date: string | number;
                        hash: string;
                        id: string | number;
                    } & {
                        [key: string]: string | number;
                    });
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                400: components["responses"]["Fault400"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/downloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link that a browser can follow without a header: once, within 60 s
         * @description Role: viewer
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        path: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            expiresAt: string;
                            url: string;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a table written: orders, changes, rejected rows of a file, or analytics
         * @description Role: viewer
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        filter?: {
                            amountFrom?: string;
                            amountTo?: string;
                            changeType?: string;
                            /**
                             * Format: uuid
                             * @description orders in which this file filled or changed a field
                             */
                            file?: string;
                            from?: string;
                            issue?: string;
                            machine?: string;
                            paymentType?: string;
                            /** @enum {string} */
                            pending?: "true" | "false";
                            q?: string;
                            /** @description a proof that is missing, apart from one that is there and differs */
                            reason?: string;
                            /**
                             * Format: uuid
                             * @description orders in which a file of this upload filled or changed a field
                             */
                            session?: string;
                            /** @enum {string} */
                            settled?: "true" | "false";
                            source?: string;
                            status?: string;
                            to?: string;
                        } | null;
                        /** @enum {string} */
                        format: "csv" | "xlsx" | "xls" | "json" | "pdf";
                        /** @enum {string} */
                        kind: "orders";
                    } | {
                        filter?: {
                            amountFrom?: string;
                            amountTo?: string;
                            changeType?: string;
                            /**
                             * Format: uuid
                             * @description orders in which this file filled or changed a field
                             */
                            file?: string;
                            /** Format: uuid */
                            fileId?: string;
                            from?: string;
                            issue?: string;
                            machine?: string;
                            paymentType?: string;
                            /** @enum {string} */
                            pending?: "true" | "false";
                            q?: string;
                            /** @description a proof that is missing, apart from one that is there and differs */
                            reason?: string;
                            /**
                             * Format: uuid
                             * @description orders in which a file of this upload filled or changed a field
                             */
                            session?: string;
                            /** @enum {string} */
                            settled?: "true" | "false";
                            source?: string;
                            status?: string;
                            to?: string;
                        } | null;
                        /** @enum {string} */
                        format: "csv" | "xlsx" | "xls" | "json" | "pdf";
                        /** @enum {string} */
                        kind: "changes";
                    } | {
                        filter: {
                            /** Format: uuid */
                            fileId: string;
                        };
                        /** @enum {string} */
                        format: "csv" | "xlsx" | "xls" | "json" | "pdf";
                        /** @enum {string} */
                        kind: "errors";
                    } | {
                        filter?: {
                            from?: string;
                            /** @enum {string} */
                            group?: "hour" | "day" | "week" | "month";
                            to?: string;
                        } | null;
                        /** @enum {string} */
                        format: "csv" | "xlsx" | "xls" | "json" | "pdf";
                        /** @enum {string} */
                        kind: "analytics";
                    };
                };
            };
            responses: {
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Export"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far an export is
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Export"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop an export, or give up its file
         * @description Role: viewer
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Export"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The file of a completed export
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                        "text/csv": string;
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files, newest first
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    sha256?: string;
                    source?: string;
                    status?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["File"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        /**
         * Upload reports
         * @description Role: operator
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "multipart/form-data": {
                        files?: string[];
                        source?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            session: components["schemas"]["Session"];
                        };
                    };
                };
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            session: components["schemas"]["Session"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One file, with how it was recognised
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileDetail"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a file
         * @description Role: operator
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileDetail"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The original bytes
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description The range that was asked for */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                /** @description The file has no such range */
                416: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rejected rows with their reasons; xlsx and csv hold the own columns of the file, to be mended and uploaded again
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    format?: "json" | "csv" | "xlsx";
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["RowError"][];
                            nextCursor: string | null;
                        };
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                        "text/csv": string;
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/errors/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rejected rows by code and column, with the first three of each
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ErrorGroup"][];
                            nextCursor: null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/mapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer the question about a file and go on with it
         * @description Role: operator
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        acceptDrift?: boolean;
                        columns?: {
                            [key: string]: string | null;
                        };
                        /** @enum {string} */
                        delimiter?: "," | ";" | "\t" | "|";
                        encoding?: string;
                        headerRow?: number;
                        /** @enum {string} */
                        identities?: "new" | "replace";
                        remember?: boolean;
                        sheet?: string;
                        /** @enum {string} */
                        source?: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                        styles?: {
                            [key: string]: "point" | "comma" | "day_first" | "month_first" | "date_only";
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileDetail"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a failed or cancelled file again
         * @description Role: operator
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileDetail"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The last taking back of a file
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Undo"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        /**
         * Take the import of a file back, or say what that would change
         * @description Role: finance
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** @default false */
                        dryRun?: boolean;
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Undo"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the page checks before sending
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Limits"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reconciled orders and orphan proofs, newest first
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    amountFrom?: string;
                    amountTo?: string;
                    changeType?: string;
                    cursor?: string;
                    /** @description orders in which this file filled or changed a field */
                    file?: string;
                    from?: string;
                    issue?: string;
                    limit?: number;
                    machine?: string;
                    paymentType?: string;
                    pending?: "true" | "false";
                    q?: string;
                    /** @description a proof that is missing, apart from one that is there and differs */
                    reason?: string;
                    /** @description orders in which a file of this upload filled or changed a field */
                    session?: string;
                    settled?: "true" | "false";
                    /** @description a column of the list, downwards with a minus before it; equal ones by time, empty ones last */
                    sort?: "time" | "-time" | "order" | "-order" | "place" | "-place" | "goods" | "-goods" | "price" | "-price" | "payment" | "-payment" | "legs" | "-legs" | "status" | "-status" | "issues" | "-issues" | "difference" | "-difference" | "why" | "-why";
                    source?: string;
                    status?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Order"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One order: every leg with its origin, and why it has its status
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderDetail"];
                    };
                };
                /** @description Moved; Location tells where to */
                301: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * History of an order, newest first
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["OrderChange"][];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description Moved; Location tells where to */
                301: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Settle an order by hand
         * @description Role: finance
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        kind: "link" | "unlink" | "accept";
                        note: string;
                        recordId?: string | null;
                        /** @enum {string} */
                        resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            createdByName: string | null;
                            id: string;
                            /** @enum {string} */
                            kind: "link" | "unlink" | "accept";
                            note: string;
                            recordId: string | null;
                            /** @enum {string} */
                            resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                            stale: boolean;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/decisions/{did}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a decision back
         * @description Role: finance
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    did: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/raw/{source}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The row of origin, read again from the stored file: the one that gave the field its value, else the newest that gave any
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    field?: string;
                    recordId?: string;
                };
                header?: never;
                path: {
                    id: string;
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RawRow"];
                    };
                };
                /** @description Moved; Location tells where to */
                301: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/machines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Machines with how many orders of the filter each has, the most first
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    amountFrom?: string;
                    amountTo?: string;
                    changeType?: string;
                    /** @description orders in which this file filled or changed a field */
                    file?: string;
                    from?: string;
                    issue?: string;
                    machine?: string;
                    paymentType?: string;
                    pending?: "true" | "false";
                    q?: string;
                    /** @description a proof that is missing, apart from one that is there and differs */
                    reason?: string;
                    /** @description orders in which a file of this upload filled or changed a field */
                    session?: string;
                    settled?: "true" | "false";
                    source?: string;
                    status?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MachineCounts"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many orders the filter holds, and their sum
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    amountFrom?: string;
                    amountTo?: string;
                    changeType?: string;
                    /** @description orders in which this file filled or changed a field */
                    file?: string;
                    from?: string;
                    issue?: string;
                    machine?: string;
                    paymentType?: string;
                    pending?: "true" | "false";
                    q?: string;
                    /** @description a proof that is missing, apart from one that is there and differs */
                    reason?: string;
                    /** @description orders in which a file of this upload filled or changed a field */
                    session?: string;
                    settled?: "true" | "false";
                    source?: string;
                    status?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderTotals"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reconcile a period again
         * @description Role: finance
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        from?: string | null;
                        to?: string | null;
                    };
                };
            };
            responses: {
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReconciliationRun"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One re-run
         * @description Role: finance
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReconciliationRun"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the orders of a period come to: by status, issue, source, machine and day, coverage, time differences
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Summary"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sessions, newest first
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Session"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One session with its files
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live progress of a session (server-sent events)
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back all files of a session
         * @description Role: finance
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** @default false */
                        dryRun?: boolean;
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Undo"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/blacklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How revocations are checked in this process
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BlacklistState"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/cache": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the cache of this process does
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CacheState"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        /**
         * Drop everything cached; with Redis away, there as soon as it is back
         * @description Role: admin
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/diagnostics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The doctor's last report; the first request runs it
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DoctorReport"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        /**
         * Run the doctor now
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DoctorReport"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/monitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How PostgreSQL, Redis and the workers did in the last 24 hours
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MonitorState"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Work that waits and who does it, from PostgreSQL; and what BullMQ holds
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["QueueState"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An example of a report that loads cleanly: <source>.csv or <source>.xlsx
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                        "text/csv": string;
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My personal API tokens
         * @description Role: any
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ApiToken"][];
                            nextCursor: null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        /**
         * A new personal API token; it is shown this once
         * @description Role: any
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expiresAt?: string | null;
                        name: string;
                        /**
                         * @default [
                         *       "read"
                         *     ]
                         */
                        scopes?: ("read" | "upload" | "decide" | "admin")[];
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            createdAt: string;
                            expiresAt: string | null;
                            hint: string;
                            id: string;
                            lastUsedAt: string | null;
                            name: string;
                            scopes: ("read" | "upload" | "decide" | "admin")[];
                            token: string;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of my personal API tokens
         * @description Role: any
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/undos/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One taking back, with its receipt
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Undo"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People, newest first
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    role?: string;
                    status?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["User"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        /**
         * Make an account; the link in the answer lets the person choose a password, once
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        email: string;
                        firstName?: string | null;
                        lastName?: string | null;
                        /**
                         * @default viewer
                         * @enum {string}
                         */
                        role?: "viewer" | "operator" | "finance" | "admin";
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitedUser"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Another role, which ends all tokens of that person, or another name
         * @description Role: admin
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        firstName?: string | null;
                        lastName?: string | null;
                        /** @enum {string} */
                        role?: "viewer" | "operator" | "finance" | "admin";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        trace?: never;
    };
    "/api/v1/users/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let an applicant (or a blocked person) in
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        role?: "viewer" | "operator" | "finance" | "admin";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a person in no more; all their tokens end at once
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Another link to choose a password, for an invitation that ran out or a password forgotten; the one before it ends
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Invitation"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            service: string;
                            /** @enum {string} */
                            status: "ok";
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The service can do its work; 503 otherwise */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Readiness"];
                    };
                };
                /** @description Done */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Readiness"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ApiToken: {
            createdAt: string;
            expiresAt: string | null;
            hint: string;
            id: string;
            lastUsedAt: string | null;
            name: string;
            scopes: ("read" | "upload" | "decide" | "admin")[];
        };
        AuditEntry: {
            action: string;
            actorId: string | null;
            actorName: string | null;
            address: string | null;
            at: string;
            details: {
                [key: string]: unknown;
            };
            id: string;
            /** @description of a decision: what was written to it */
            note: string | null;
            requestId: string | null;
            sealed: boolean;
            subject: string | null;
            /** @description what a person calls it: an order's number, the name of a file, person or token */
            subjectName: string | null;
        };
        BlacklistState: {
            answeredBy: {
                memory: number;
                nobody: number;
                postgres: number;
                redis: number;
            };
            /** @enum {string} */
            backend: "redis" | "postgres" | "none";
            checks: number;
            degraded: boolean;
            failedCopies: number;
            hits: number;
            lastReadAt: string | null;
            lastResyncAt: string | null;
            latencyMs: {
                max: number;
                p50: number;
                p95: number;
            };
            raisedVersions: number;
            size: number;
        };
        CacheState: {
            connectedToRedis: boolean;
            health: {
                /** @enum {boolean} */
                memoryCacheAvailable: true;
                redisAvailable: boolean;
                responseTimeMs: number | null;
                /** @enum {string} */
                status: "healthy" | "degraded";
            };
            hitRatePercent: number;
            memoryCacheSize: number;
            redisInfo: {
                keys: number;
                usedMemoryBytes: number;
                usedMemoryPeakBytes: number;
            } | null;
            stats: {
                errors: number;
                hits: number;
                memoryHits: number;
                memoryOps: number;
                misses: number;
                redisHits: number;
                redisOps: number;
                staleHits: number;
            };
            totalOperations: number;
        };
        CodedText: {
            code: string;
            message: string;
            params: {
                [key: string]: string | number;
            };
        };
        CountAndSum: {
            count: number;
            sum: string;
        };
        DoctorReport: {
            changes: {
                /** @enum {string} */
                area: "config" | "postgres" | "redis" | "queue" | "worker" | "jwt" | "blacklist" | "cache" | "storage" | "disk" | "clock" | "telegram" | "backup" | "version";
                /** @enum {string} */
                change: "appeared" | "gone";
                code: string;
            }[];
            exitCode: number;
            findings: components["schemas"]["Finding"][];
            startedAt: string;
            version: string;
        };
        ErrorGroup: {
            code: string;
            column: string | null;
            count: number;
            field: string | null;
            hint: string | null;
            message: string;
            /** @description not mended since */
            open: number;
            samples: {
                row: number;
                sheet: string | null;
                value: string | null;
            }[];
            /** @enum {string} */
            severity: "error" | "warning";
        };
        Export: {
            /** Format: date-time */
            createdAt: string;
            error: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** @enum {string} */
            format: "csv" | "xlsx" | "xls" | "json" | "pdf";
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "orders" | "changes" | "errors" | "analytics";
            progress: number;
            rows: number;
            /** @description null: not known yet */
            rowsTotal: number | null;
            sizeBytes: number | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "failed";
        };
        Fault: {
            error: {
                code: string;
                details?: unknown;
                message: string;
                requestId: string;
            };
        };
        /** @description The last time an import filled or changed this field */
        FieldChange: {
            /** Format: date-time */
            changedAt: string;
            /** @enum {string} */
            changeType: "filled" | "changed";
            /** @description canonical field of the record */
            field: string;
            /** Format: uuid */
            fileId: string | null;
            newValue: string | null;
            /** @description null: it was empty */
            oldValue: string | null;
            /** @enum {string} */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
            version: number | null;
        };
        File: {
            /** Format: uuid */
            correctedBy: string | null;
            correctedByName: string | null;
            /**
             * Format: uuid
             * @description the file whose rejected rows it mends
             */
            corrects: string | null;
            correctsName: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            createdByName: string | null;
            /** Format: uuid */
            duplicateOf: string | null;
            error: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
            format: string | null;
            /** Format: uuid */
            id: string;
            memberPath: string | null;
            /**
             * @description where it ran; null: nowhere yet
             * @enum {string|null}
             */
            mode: "queue" | "in-process" | null;
            name: string;
            openErrors: number;
            ordersChanged: number;
            /**
             * Format: uuid
             * @description the archive or workbook that it came out of
             */
            parentId: string | null;
            /** Format: date-time */
            periodFrom: string | null;
            /** Format: date-time */
            periodTo: string | null;
            /** @enum {string} */
            phase: "waiting" | "detecting" | "reading" | "merging" | "reconciling" | "done";
            /** @description 1 only after the commit */
            progress: number;
            /** @description being tried again: something around the file stopped it */
            retry: {
                attempts: number;
                /** @description null while the attempt runs */
                nextAttemptAt: string | null;
                /** @enum {string|null} */
                reason: "database" | "storage" | "internal" | null;
            } | null;
            rows: {
                /** @description fields */
                changed: number;
                /** @description fields */
                filled: number;
                new: number;
                read: number;
                rejected: number;
                skipped: number;
                unchanged: number;
                updated: number;
            };
            run: number;
            /** Format: uuid */
            sessionId: string;
            sha256: string;
            sizeBytes: number;
            /**
             * @description null: not recognised
             * @enum {string|null}
             */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
            sourceConfidence: number | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "completed_with_errors" | "failed" | "cancelled" | "needs_mapping" | "duplicate" | "undone";
            /** Format: date-time */
            undoneAt: string | null;
            undoneBy: string | null;
            undoneByName: string | null;
            undoReason: string | null;
            warnings: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            }[];
        };
        FileDetail: {
            /** Format: uuid */
            correctedBy: string | null;
            correctedByName: string | null;
            /**
             * Format: uuid
             * @description the file whose rejected rows it mends
             */
            corrects: string | null;
            correctsName: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            createdByName: string | null;
            /** Format: uuid */
            duplicateOf: string | null;
            error: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
            format: string | null;
            /** Format: uuid */
            id: string;
            memberPath: string | null;
            /**
             * @description where it ran; null: nowhere yet
             * @enum {string|null}
             */
            mode: "queue" | "in-process" | null;
            name: string;
            openErrors: number;
            ordersChanged: number;
            /**
             * Format: uuid
             * @description the archive or workbook that it came out of
             */
            parentId: string | null;
            /** Format: date-time */
            periodFrom: string | null;
            /** Format: date-time */
            periodTo: string | null;
            /** @enum {string} */
            phase: "waiting" | "detecting" | "reading" | "merging" | "reconciling" | "done";
            /** @description 1 only after the commit */
            progress: number;
            recognition: {
                columns: {
                    evidence: string | null;
                    field: string | null;
                    header: string;
                    style: string | null;
                }[];
                delimiter: string | null;
                /** @description how the headers differ from those of a remembered mapping */
                drift: {
                    added: string[];
                    removed: string[];
                    signature: string;
                    source: string;
                } | null;
                encoding: string | null;
                headerRow: number | null;
                missing: string[];
                preview: (string | null)[][];
                question: {
                    candidates: ("happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum")[];
                    code: string;
                    hint: string | null;
                    message: string;
                    params: {
                        [key: string]: string | number;
                    };
                } | null;
                runnerUp: {
                    /** @enum {string} */
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                    strength: number;
                } | null;
                sheet: string | null;
                strength: number | null;
                /** @description of a question: what unknown columns may be, by source and header */
                suggestions: {
                    [key: string]: {
                        [key: string]: string;
                    };
                };
                unknown: string[];
            } | null;
            /** @description being tried again: something around the file stopped it */
            retry: {
                attempts: number;
                /** @description null while the attempt runs */
                nextAttemptAt: string | null;
                /** @enum {string|null} */
                reason: "database" | "storage" | "internal" | null;
            } | null;
            rows: {
                /** @description fields */
                changed: number;
                /** @description fields */
                filled: number;
                new: number;
                read: number;
                rejected: number;
                skipped: number;
                unchanged: number;
                updated: number;
            };
            run: number;
            /** Format: uuid */
            sessionId: string;
            sha256: string;
            sizeBytes: number;
            /**
             * @description null: not recognised
             * @enum {string|null}
             */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
            sourceConfidence: number | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "completed_with_errors" | "failed" | "cancelled" | "needs_mapping" | "duplicate" | "undone";
            /** Format: date-time */
            undoneAt: string | null;
            undoneBy: string | null;
            undoneByName: string | null;
            undoReason: string | null;
            warnings: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            }[];
        };
        Finding: {
            /** @enum {string} */
            area: "config" | "postgres" | "redis" | "queue" | "worker" | "jwt" | "blacklist" | "cache" | "storage" | "disk" | "clock" | "telegram" | "backup" | "version";
            cause: string;
            code: string;
            docs: string;
            effect: string;
            evidence: string;
            fix: {
                commands: string[];
                text: string;
            };
            ms: number;
            /** @enum {string} */
            severity: "ok" | "info" | "warn" | "error" | "crash" | "skipped";
            title: string;
        };
        GatewayTotal: {
            /** @description payments less orders */
            difference: string;
            /** @description of the orders' sum; null without orders */
            differencePercent: string | null;
            expectedCommission: string;
            /** @description payments less commission */
            expectedPayout: string;
            /**
             * @description unknown: QR orders of which neither a report nor a payment names the gateway; all: the whole month
             * @enum {string}
             */
            gateway: "payme" | "click" | "uzum" | "unknown" | "all";
            /**
             * @description not_loaded: no report of orders covers any of the payments
             * @enum {string}
             */
            level: "ok" | "look" | "critical" | "not_loaded";
            /**
             * @description whether the gateway's reports cover the time of these orders; a difference means little before they do
             * @enum {string}
             */
            loaded: "full" | "partial" | "none";
            /** @description YYYY-MM */
            month: string;
            orders: components["schemas"]["CountAndSum"];
            /** @description successful ones */
            payments: {
                count: number;
                sum: string;
            };
        };
        Histogram: {
            /** @description null = open end */
            buckets: {
                count: number;
                fromS: number | null;
                toS: number | null;
            }[];
            /** @description what a window twice as wide would add */
            matchedAt2x: number;
            /** @description two sources, joined by a hyphen */
            pair: string;
            toleranceS: number;
        };
        Invitation: {
            expiresAt: string;
            /** @description good once; its part behind the # is the secret, which no server is sent */
            url: string;
        };
        InvitedUser: {
            invitation: components["schemas"]["Invitation"];
            user: components["schemas"]["User"];
        };
        LegRecord: {
            /** Format: uuid */
            fileId: string;
            key: string;
            recordId: string;
            /** @description as the user's own program shows it */
            row: number;
            sheet: string | null;
        };
        Limits: {
            formats: string[];
            maxFileBytes: number;
            maxFiles: number;
            maxRequestBytes: number;
            sources: ("happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum")[];
        };
        MachineCount: {
            machineCode: string;
            machineName: string | null;
            orders: number;
        };
        MachineCounts: {
            items: components["schemas"]["MachineCount"][];
        };
        MonitorState: {
            intervalMs: number;
            targets: {
                details: {
                    [key: string]: unknown;
                };
                samples: {
                    at: string;
                    ms: number | null;
                    /** @enum {string} */
                    state: "healthy" | "degraded" | "critical" | "offline";
                }[];
                since: string | null;
                /** @enum {string} */
                state: "healthy" | "degraded" | "critical" | "offline";
                /** @enum {string} */
                target: "postgres" | "redis" | "worker";
                uptimePercent: number;
            }[];
        };
        /** @description What lies near and is not linked, and why; an order near a proof besides with its number, status and payment type */
        NearRecord: {
            /** @description of the record that is shown */
            amount: string;
            /** @description the proof's amount less the order's price, UZS */
            amountDelta: string;
            key: string;
            /** @description the row of orders that the record stands in */
            orderId: string;
            orderNumber?: string;
            paymentType?: string;
            reason: components["schemas"]["CodedText"];
            recordId: string;
            /** @enum {string} */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
            status?: string;
            /** Format: date-time */
            time: string;
            /** @description the proof's time less the order's, seconds */
            timeDeltaS: number;
        };
        Order: {
            /** @description Fields that imports filled or changed, each with its last change; of the file or upload of the filter where it names one */
            changes: components["schemas"]["FieldChange"][];
            decision: {
                /** Format: date-time */
                createdAt: string;
                createdBy: string;
                createdByName: string | null;
                id: string;
                /** @enum {string} */
                kind: "link" | "unlink" | "accept";
                note: string;
                recordId: string | null;
                /** @enum {string} */
                resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                stale: boolean;
            } | null;
            /** @description UZS that are out: VendHub less machine, proof less price; null where nothing is */
            difference: string | null;
            /** @description what of it the search text `q` met; empty without one */
            found: ("order_number" | "receipt_number" | "payment_id" | "rrn" | "card" | "phone" | "amount" | "time" | "machine" | "goods")[];
            goodsName: string | null;
            id: string;
            issues: ("delivery_failed_but_paid" | "refund_not_executed" | "duplicate_receipt" | "duplicate_payment" | "excess_receipt" | "excess_payment" | "fiscal_amount_diff" | "gateway_wrong" | "payment_type_conflict" | "payment_type_unknown" | "code_disagrees_with_number" | "times_disagree" | "number_conflict" | "ambiguous_match" | "vendhub_only" | "hw_only" | "price_mismatch" | "time_out_of_range" | "fiscal_mismatch" | "gateway_mismatch")[];
            /** @enum {string|null} */
            lastChange: "new" | "updated" | "filled" | null;
            legs: {
                /** @description The first record of a source; the others hang on it */
                click?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
                /** @description The first record of a source; the others hang on it */
                fiscal_bills?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
                /** @description The first record of a source; the others hang on it */
                happy_workers?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
                /** @description The first record of a source; the others hang on it */
                payme?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
                /** @description The first record of a source; the others hang on it */
                uzum?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
                /** @description The first record of a source; the others hang on it */
                vendhub?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
            };
            machineCode: string | null;
            machineName: string | null;
            orderNumber: string | null;
            /** @enum {string} */
            paymentType: "cash" | "card" | "qr" | "payme" | "click" | "uzum" | "vip" | "test" | "unknown";
            pending: boolean;
            price: string;
            settled: boolean;
            /** @enum {string} */
            status: "unmatched" | "hw_only" | "vendhub_only" | "payme_only" | "click_only" | "uzum_only" | "fiscal_only" | "void" | "matched" | "fully_matched" | "fiscal_mismatch" | "gateway_mismatch" | "price_mismatch" | "time_out_of_range" | "ambiguous_match" | "number_conflict";
            /** Format: date-time */
            time: string;
            version: number;
            /** @description the plainest trouble in one phrase; null where there is none */
            why: {
                code: string;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
        };
        OrderChange: {
            /** @enum {string} */
            cause: "file" | "recompute" | "manual" | "undo";
            /** Format: date-time */
            changedAt: string;
            changedBy: string | null;
            changedByName: string | null;
            /** @enum {string} */
            changeType: "filled" | "changed" | "status" | "link" | "unlink" | "decision";
            /** @description what was decided, of lines about decisions; it stays after the decision was taken back */
            decision: {
                id: string;
                /** @enum {string} */
                kind: "link" | "unlink" | "accept";
                note: string;
                /** @enum {string} */
                resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                /** @description the line tells that it was taken back */
                withdrawn: boolean;
            } | null;
            field: string;
            /** Format: uuid */
            fileId: string | null;
            fileName: string | null;
            id: string;
            newValue: string | null;
            oldValue: string | null;
            recordId: string | null;
            row: number | null;
            sheet: string | null;
            /** @enum {string|null} */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
            version: number | null;
        };
        OrderDetail: {
            decision: {
                /** Format: date-time */
                createdAt: string;
                createdBy: string;
                createdByName: string | null;
                id: string;
                /** @enum {string} */
                kind: "link" | "unlink" | "accept";
                note: string;
                recordId: string | null;
                /** @enum {string} */
                resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                stale: boolean;
            } | null;
            decisions: {
                /** Format: date-time */
                createdAt: string;
                createdBy: string;
                createdByName: string | null;
                id: string;
                /** @enum {string} */
                kind: "link" | "unlink" | "accept";
                note: string;
                recordId: string | null;
                /** @enum {string} */
                resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                stale: boolean;
            }[];
            goodsName: string | null;
            id: string;
            issues: ("delivery_failed_but_paid" | "refund_not_executed" | "duplicate_receipt" | "duplicate_payment" | "excess_receipt" | "excess_payment" | "fiscal_amount_diff" | "gateway_wrong" | "payment_type_conflict" | "payment_type_unknown" | "code_disagrees_with_number" | "times_disagree" | "number_conflict" | "ambiguous_match" | "vendhub_only" | "hw_only" | "price_mismatch" | "time_out_of_range" | "fiscal_mismatch" | "gateway_mismatch")[];
            /** @enum {string|null} */
            lastChange: "new" | "updated" | "filled" | null;
            legs: {
                click: {
                    amount: string | null;
                    billingId: string | null;
                    cardNumber: string | null;
                    cashbox: string | null;
                    clickTransId: string | null;
                    clientInfo: string | null;
                    commission: string | null;
                    errorCode: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    key: string;
                    merchantId: string | null;
                    merchantOrderId: string | null;
                    more?: {
                        amount: string | null;
                        billingId: string | null;
                        cardNumber: string | null;
                        cashbox: string | null;
                        clickTransId: string | null;
                        clientInfo: string | null;
                        commission: string | null;
                        errorCode: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        key: string;
                        merchantId: string | null;
                        merchantOrderId: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        paymentStatus: string | null;
                        recordId: string;
                        /** @description as the user's own program shows it */
                        row: number;
                        serviceId: string | null;
                        serviceName: string | null;
                        sheet: string | null;
                        transactionId: string | null;
                        /** Format: date-time */
                        transactionTime: string | null;
                    }[];
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    paymentStatus: string | null;
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    serviceId: string | null;
                    serviceName: string | null;
                    sheet: string | null;
                    transactionId: string | null;
                    /** Format: date-time */
                    transactionTime: string | null;
                } | null;
                fiscal_bills: {
                    amount: string | null;
                    cardAmount: string | null;
                    cashAmount: string | null;
                    cashier: string | null;
                    cashRegisterId: string | null;
                    customer: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    fiscalCheckNumber: string | null;
                    fiscalModule: string | null;
                    /** Format: date-time */
                    fiscalTime: string | null;
                    key: string;
                    more?: {
                        amount: string | null;
                        cardAmount: string | null;
                        cashAmount: string | null;
                        cashier: string | null;
                        cashRegisterId: string | null;
                        customer: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        fiscalCheckNumber: string | null;
                        fiscalModule: string | null;
                        /** Format: date-time */
                        fiscalTime: string | null;
                        key: string;
                        operationType: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        recipeNumber: string | null;
                        recordId: string;
                        /** @description as the user's own program shows it */
                        row: number;
                        sheet: string | null;
                        shiftNumber: string | null;
                        taxpayerId: string | null;
                        tradePoint: string | null;
                    }[];
                    operationType: string | null;
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    recipeNumber: string | null;
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                    shiftNumber: string | null;
                    taxpayerId: string | null;
                    tradePoint: string | null;
                } | null;
                happy_workers: {
                    address: string | null;
                    /** Format: date-time */
                    brewingTime: string | null;
                    brewStatus: string | null;
                    /** Format: date-time */
                    creationTime: string | null;
                    cupType: number | null;
                    /** Format: date-time */
                    deliveryTime: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    goodsName: string | null;
                    key: string;
                    machineCode: string | null;
                    more?: {
                        address: string | null;
                        /** Format: date-time */
                        brewingTime: string | null;
                        brewStatus: string | null;
                        /** Format: date-time */
                        creationTime: string | null;
                        cupType: number | null;
                        /** Format: date-time */
                        deliveryTime: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        goodsName: string | null;
                        key: string;
                        machineCode: string | null;
                        operatorCode: string | null;
                        orderNumber: string | null;
                        orderPrice: string | null;
                        orderResource: string | null;
                        orderType: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        payCard: string | null;
                        /** Format: date-time */
                        payingTime: string | null;
                        paymentStatus: string | null;
                        reason: string | null;
                        recordId: string;
                        /** Format: date-time */
                        refundTime: string | null;
                        remark: string | null;
                        /** @description as the user's own program shows it */
                        row: number;
                        sheet: string | null;
                        tasteName: string | null;
                    }[];
                    operatorCode: string | null;
                    orderNumber: string | null;
                    orderPrice: string | null;
                    orderResource: string | null;
                    orderType: string | null;
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    payCard: string | null;
                    /** Format: date-time */
                    payingTime: string | null;
                    paymentStatus: string | null;
                    reason: string | null;
                    recordId: string;
                    /** Format: date-time */
                    refundTime: string | null;
                    remark: string | null;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                    tasteName: string | null;
                } | null;
                payme: {
                    amount: string | null;
                    bankReceiptDate: string | null;
                    /** Format: date-time */
                    bankTime: string | null;
                    /** Format: date-time */
                    cancelTime: string | null;
                    cardNumber: string | null;
                    cashboxIdentifier: string | null;
                    cashboxName: string | null;
                    cashRegisterId: string | null;
                    commission: string | null;
                    externalId: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    fiscalReceiptId: string | null;
                    fiscalSign: string | null;
                    key: string;
                    merchantId: string | null;
                    merchantOrderId: string | null;
                    more?: {
                        amount: string | null;
                        bankReceiptDate: string | null;
                        /** Format: date-time */
                        bankTime: string | null;
                        /** Format: date-time */
                        cancelTime: string | null;
                        cardNumber: string | null;
                        cashboxIdentifier: string | null;
                        cashboxName: string | null;
                        cashRegisterId: string | null;
                        commission: string | null;
                        externalId: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        fiscalReceiptId: string | null;
                        fiscalSign: string | null;
                        key: string;
                        merchantId: string | null;
                        merchantOrderId: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        paymentDescription: string | null;
                        paymentState: string | null;
                        phoneNumber: string | null;
                        processingName: string | null;
                        /** Format: date-time */
                        processingTime: string | null;
                        providerName: string | null;
                        providerPaymentId: string | null;
                        recordId: string;
                        /** @description as the user's own program shows it */
                        row: number;
                        rrn: string | null;
                        sheet: string | null;
                        state: string | null;
                        terminalId: string | null;
                        transactionId: string | null;
                        /** Format: date-time */
                        transactionTime: string | null;
                        username: string | null;
                    }[];
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    paymentDescription: string | null;
                    paymentState: string | null;
                    phoneNumber: string | null;
                    processingName: string | null;
                    /** Format: date-time */
                    processingTime: string | null;
                    providerName: string | null;
                    providerPaymentId: string | null;
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    rrn: string | null;
                    sheet: string | null;
                    state: string | null;
                    terminalId: string | null;
                    transactionId: string | null;
                    /** Format: date-time */
                    transactionTime: string | null;
                    username: string | null;
                } | null;
                uzum: {
                    amount: string | null;
                    cardNumber: string | null;
                    cardType: string | null;
                    cashbackAmount: string | null;
                    commission: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    key: string;
                    merchantId: string | null;
                    more?: {
                        amount: string | null;
                        cardNumber: string | null;
                        cardType: string | null;
                        cashbackAmount: string | null;
                        commission: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        key: string;
                        merchantId: string | null;
                        orderId: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        recordId: string;
                        /** @description as the user's own program shows it */
                        row: number;
                        serviceName: string | null;
                        sheet: string | null;
                        shopId: string | null;
                        status: string | null;
                        transactionId: string | null;
                        /** Format: date-time */
                        transactionTime: string | null;
                        username: string | null;
                    }[];
                    orderId: string | null;
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    serviceName: string | null;
                    sheet: string | null;
                    shopId: string | null;
                    status: string | null;
                    transactionId: string | null;
                    /** Format: date-time */
                    transactionTime: string | null;
                    username: string | null;
                } | null;
                vendhub: {
                    barcode: string | null;
                    bonusAmount: string | null;
                    /** Format: date-time */
                    eventTime: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    goodsId: string | null;
                    goodsName: string | null;
                    ikpu: string | null;
                    key: string;
                    machineCategory: string | null;
                    machineCode: string | null;
                    marking: string | null;
                    more?: {
                        barcode: string | null;
                        bonusAmount: string | null;
                        /** Format: date-time */
                        eventTime: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        goodsId: string | null;
                        goodsName: string | null;
                        ikpu: string | null;
                        key: string;
                        machineCategory: string | null;
                        machineCode: string | null;
                        marking: string | null;
                        orderNumber: string | null;
                        orderPrice: string | null;
                        orderResource: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        packaging: string | null;
                        paymentType: string | null;
                        recordId: string;
                        reportId: string | null;
                        /** @description as the user's own program shows it */
                        row: number;
                        sheet: string | null;
                        username: string | null;
                    }[];
                    orderNumber: string | null;
                    orderPrice: string | null;
                    orderResource: string | null;
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    packaging: string | null;
                    paymentType: string | null;
                    recordId: string;
                    reportId: string | null;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                    username: string | null;
                } | null;
            };
            machineCode: string | null;
            machineName: string | null;
            /** @description number of agreeing sources */
            matchScore: number;
            orderNumber: string | null;
            ownerCode: string | null;
            /** @enum {string} */
            paymentType: "cash" | "card" | "qr" | "payme" | "click" | "uzum" | "vip" | "test" | "unknown";
            pending: boolean;
            price: string;
            settled: boolean;
            /** @enum {string} */
            status: "unmatched" | "hw_only" | "vendhub_only" | "payme_only" | "click_only" | "uzum_only" | "fiscal_only" | "void" | "matched" | "fully_matched" | "fiscal_mismatch" | "gateway_mismatch" | "price_mismatch" | "time_out_of_range" | "ambiguous_match" | "number_conflict";
            /** Format: date-time */
            time: string;
            version: number;
            why: {
                candidates: components["schemas"]["NearRecord"][];
                coverage: components["schemas"]["UsedCoverage"][];
                differences: components["schemas"]["CodedText"][];
                figures: {
                    price: string;
                    priceDelta: string | null;
                    proofs: {
                        amount: string;
                        /** @description amount less the order's price, UZS */
                        amountDelta: string;
                        card: string | null;
                        cash: string | null;
                        key: string;
                        /** @description how it came to the order: assigned, decision, gateway_wrong, other_column, excess, return */
                        linkRule: string;
                        recordId: string;
                        /** @enum {string} */
                        source: "fiscal_bills" | "payme" | "click" | "uzum";
                        /** @description sale, return, success, cancelled, ... */
                        state: string | null;
                        /** @description time less the order's, seconds */
                        timeDeltaS: number;
                    }[];
                    timeDeltaS: number | null;
                };
                issues: components["schemas"]["CodedText"][];
                message: string;
                nearMisses: components["schemas"]["NearRecord"][];
                /** @description line of the decision table */
                rule: string;
                windows: {
                    amountTolerance: string;
                    fiscalS: number;
                    gatewayS: number;
                    hwVendhubS: number;
                };
            };
        };
        OrderTotals: {
            count: number;
            sum: string;
        };
        QueueState: {
            inProcess: {
                active: number;
                waiting: number;
            };
            /** @enum {string} */
            mode: "queue" | "in-process";
            oldestWaitingS: number;
            processing: number;
            queues: {
                counts: {
                    [key: string]: number;
                } | null;
                name: string;
            }[];
            redis: {
                openedCount: number;
                reason: string | null;
                since: string;
                /** @enum {string} */
                status: "up" | "down";
            };
            waiting: number;
            workers: number;
        };
        RawRow: {
            cells: (string | number | null)[];
            /** Format: uuid */
            fileId: string;
            fileName: string;
            header: (string | null)[];
            recordId: string;
            row: number;
            sheet: string | null;
        };
        Readiness: {
            checks: {
                clock: {
                    aheadS: number | null;
                    /** @enum {string} */
                    status: "ok" | "off" | "unknown";
                };
                migrations: {
                    pending?: string[];
                    /** @enum {string} */
                    status: "ok" | "pending" | "unknown";
                };
                postgres: {
                    /** @enum {string} */
                    status: "ok" | "down";
                };
                redis: {
                    reason: string | null;
                    since: string;
                    /** @enum {string} */
                    status: "ok" | "down";
                };
                storage: {
                    reason: string | null;
                    since: string;
                    /** @enum {string} */
                    status: "ok" | "down" | "unknown";
                };
            };
            service: string;
            /** @enum {string} */
            status: "ready" | "degraded" | "unavailable" | "draining";
            version: string;
        };
        ReconciliationRun: {
            /** Format: date-time */
            completedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string | null;
            error: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
            /**
             * Format: date-time
             * @description inclusive; null: from the first order
             */
            from: string | null;
            /** Format: uuid */
            id: string;
            ordersChanged: number | null;
            ordersEvaluated: number | null;
            /** @enum {string} */
            reason: "manual" | "schedule" | "settings";
            /** Format: date-time */
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "failed";
            /**
             * Format: date-time
             * @description exclusive; null: to the last
             */
            to: string | null;
        };
        RowError: {
            code: string;
            column: string | null;
            field: string | null;
            message: string;
            params: {
                [key: string]: string | number;
            };
            row: number;
            /**
             * @description warning: the row was loaded without this value
             * @enum {string}
             */
            severity: "error" | "warning";
            sheet: string | null;
            value: string | null;
        };
        RowTotals: {
            new: number;
            read: number;
            rejected: number;
            skipped: number;
            unchanged: number;
            updated: number;
        };
        Session: {
            /** Format: date-time */
            completedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            createdByName: string | null;
            files: components["schemas"]["File"][];
            /** Format: uuid */
            id: string;
            /**
             * @description where it ran; null: nowhere yet
             * @enum {string|null}
             */
            mode: "queue" | "in-process" | null;
            processedFiles: number;
            /** @description 1 only after the commit */
            progress: number;
            /** Format: date-time */
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "completed_with_errors" | "failed" | "cancelled";
            totalFiles: number;
            totals: components["schemas"]["RowTotals"];
        };
        SignedIn: {
            accessToken: string;
            expiresIn: number;
            user: components["schemas"]["User"];
        };
        Summary: {
            byDay: {
                count: number;
                /** Format: date */
                day: string;
                pending: components["schemas"]["CountAndSum"];
                /** @description pending ones are counted apart */
                problems: number;
                sum: string;
            }[];
            byIssue: {
                count: number;
                /** @enum {string} */
                issue: "delivery_failed_but_paid" | "refund_not_executed" | "duplicate_receipt" | "duplicate_payment" | "excess_receipt" | "excess_payment" | "fiscal_amount_diff" | "gateway_wrong" | "payment_type_conflict" | "payment_type_unknown" | "code_disagrees_with_number" | "times_disagree" | "number_conflict" | "ambiguous_match" | "vendhub_only" | "hw_only" | "price_mismatch" | "time_out_of_range" | "fiscal_mismatch" | "gateway_mismatch";
                sum: string;
            }[];
            byMachine: {
                count: number;
                machineCode: string | null;
                machineName: string | null;
                pending: components["schemas"]["CountAndSum"];
                problems: number;
                sum: string;
            }[];
            /** @description orders that have a leg of the source */
            bySource: {
                count: number;
                /** @enum {string} */
                source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                sum: string;
            }[];
            byStatus: {
                count: number;
                pending: components["schemas"]["CountAndSum"];
                /** @enum {string} */
                status: "unmatched" | "hw_only" | "vendhub_only" | "payme_only" | "click_only" | "uzum_only" | "fiscal_only" | "void" | "matched" | "fully_matched" | "fiscal_mismatch" | "gateway_mismatch" | "price_mismatch" | "time_out_of_range" | "ambiguous_match" | "number_conflict";
                sum: string;
            }[];
            coverage: {
                days: {
                    /** Format: date */
                    day: string;
                    rows: number;
                }[];
                /** @description covered days without a single row, on which others saw sales: is the report complete? */
                emptyDays: string[];
                ranges: {
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                }[];
                /** @enum {string} */
                source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
            }[];
            /** Format: date-time */
            from: string | null;
            histograms: components["schemas"]["Histogram"][];
            pending: components["schemas"]["CountAndSum"];
            settled: components["schemas"]["CountAndSum"];
            /** Format: date-time */
            to: string | null;
            total: components["schemas"]["CountAndSum"];
        };
        Undo: {
            blockedBy: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
            /** Format: date-time */
            completedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            dryRun: boolean;
            /** @description in the order in which they are taken back */
            fileIds: string[];
            /** Format: uuid */
            id: string;
            progress: number;
            reason: string | null;
            receipt: {
                coverage: {
                    /** Format: date-time */
                    from: string;
                    /** @description no other file covers it */
                    lost: boolean;
                    /** @enum {string} */
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                    /** Format: date-time */
                    to: string;
                }[];
                decisions: {
                    stale: number;
                };
                fields: {
                    kept: number;
                    restored: number;
                };
                files: {
                    coverage: {
                        /** Format: date-time */
                        from: string;
                        /** @description no other file covers it */
                        lost: boolean;
                        /** @enum {string} */
                        source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                        /** Format: date-time */
                        to: string;
                    }[];
                    decisions: {
                        stale: number;
                    };
                    fields: {
                        kept: number;
                        restored: number;
                    };
                    /** Format: uuid */
                    id: string;
                    issues: {
                        cleared: number;
                        code: string;
                        raised: number;
                    }[];
                    name: string;
                    orders: {
                        changed: number;
                        removed: number;
                    };
                    rows: {
                        /** @description others say the same */
                        kept: number;
                        /** @description nobody else holds them */
                        removed: number;
                        /** @description values of other files came back */
                        restored: number;
                    };
                    /** @enum {string|null} */
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
                    statuses: {
                        count: number;
                        from: string;
                        /** @description UZS */
                        sum: string;
                        /** @description null: the order is gone */
                        to: string | null;
                    }[];
                }[];
                issues: {
                    cleared: number;
                    code: string;
                    raised: number;
                }[];
                orders: {
                    changed: number;
                    removed: number;
                };
                rows: {
                    /** @description others say the same */
                    kept: number;
                    /** @description nobody else holds them */
                    removed: number;
                    /** @description values of other files came back */
                    restored: number;
                };
                statuses: {
                    count: number;
                    from: string;
                    /** @description UZS */
                    sum: string;
                    /** @description null: the order is gone */
                    to: string | null;
                }[];
            } | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "failed" | "blocked";
        };
        UsedCoverage: {
            covered: boolean;
            /** @description not one row of the source on this day */
            emptyDay: boolean;
            /** Format: date-time */
            from: string;
            /** @enum {string} */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
            /** Format: date-time */
            to: string;
        };
        User: {
            approvedAt: string | null;
            approvedBy: string | null;
            createdAt: string;
            email: string | null;
            firstName: string | null;
            id: string;
            /** @description until when a link to choose a password is good */
            invitedUntil: string | null;
            lastActiveAt: string | null;
            lastName: string | null;
            name: string | null;
            /** @enum {string} */
            role: "viewer" | "operator" | "finance" | "admin";
            /** @enum {string} */
            status: "pending" | "approved" | "blocked";
            telegramId: string | null;
            username: string | null;
        };
        /** @description The row of a file that gave a value */
        ValueOrigin: {
            /** Format: uuid */
            fileId: string;
            fileName: string;
            row: number;
            sheet: string | null;
        };
    };
    responses: {
        /** @description The request is not valid */
        Fault400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description Not signed in, or the sign-in was revoked */
        Fault401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description The role does not allow it */
        Fault403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description Not there */
        Fault404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description Too many requests; see Retry-After */
        Fault429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description A store is away; see Retry-After */
        Fault503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
